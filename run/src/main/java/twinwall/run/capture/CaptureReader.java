/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.capture;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a capture packet by packet, in constant memory: pcap (both byte orders, micro- and nanoseconds, Kuznetzov's variant) and pcapng,
 * packed with gzip or not. Link types: Ethernet, raw IP, Linux cooked 1 and 2, loopback.
 * <p>
 * A file that ends in the middle of a packet, or is damaged further on, gives what was whole before; {@link #remarks()} then says where it
 * ended. For one thread.
 */
public final class CaptureReader implements Closeable {

    private static final int BUFFER = 64 * 1024;

    private final String file;
    private final CaptureInput in;
    private final CaptureFormat format;
    private final List<String> remarks = new ArrayList<>();
    private long packets;
    private boolean ended;

    private CaptureReader(String file, CaptureInput in) throws IOException {
        this.file = file;
        this.in = in;
        try {
            this.format = recognise();
        } catch (DamageException e) {
            throw new CaptureException(file + ": " + e.getMessage() + ". There is no packet in it.");
        }
    }

    /**
     * Opens a capture.
     *
     * @throws CaptureException when it is missing, empty, not a capture, or of a link type that cannot be read
     */
    public static CaptureReader open(Path path) throws IOException {
        String file = path.toString();
        if (Files.isDirectory(path)) {
            throw new CaptureException(file + ": is a folder. Name a pcap or pcapng file.");
        }
        InputStream bytes;
        try {
            bytes = Files.newInputStream(path);
        } catch (NoSuchFileException e) {
            throw new CaptureException(file + ": there is no such file.");
        } catch (IOException e) {
            throw new CaptureException(file + ": cannot be opened: " + e.getMessage());
        }
        try {
            return of(file, bytes);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** Reads a capture, packed or not, from a stream; {@code file} is its name in messages. */
    static CaptureReader of(String file, InputStream bytes) throws IOException {
        return new CaptureReader(file, new CaptureInput(unpacked(bytes, file)));
    }

    /**
     * The next packet, in the order of the file.
     *
     * @return null when there is none left; {@link #remarks()} then tells whether that is the file's regular end
     * @throws CaptureException when no packet of the file can be read
     */
    public CapturedFrame next() throws IOException {
        if (ended) {
            return null;
        }
        CapturedFrame frame = null;
        try {
            frame = format.next();
        } catch (DamageException e) {
            remarks.add(file + " " + e.getMessage() + ". The " + packets + " packets before that are used.");
        }
        if (frame == null) {
            end();
        } else {
            packets++;
        }
        return frame;
    }

    /** What was odd about the file, one line each; complete once {@link #next()} has returned null. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void end() throws CaptureException {
        ended = true;
        if (packets == 0) {
            String why = format.unreadable() > 0
                    ? "link type " + format.unreadableLinkType() + " cannot be read. Can be read: " + LinkType.supported() + "."
                    : remarks.isEmpty() ? "there is no packet in it." : remarks.get(0);
            throw new CaptureException(remarks.isEmpty() || format.unreadable() > 0 ? file + ": " + why : why);
        }
        if (format.unreadable() > 0) {
            remarks.add(file + ": " + format.unreadable() + " packets of link type " + format.unreadableLinkType()
                    + " cannot be read and are left out.");
        }
    }

    private static InputStream unpacked(InputStream bytes, String file) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(bytes, BUFFER);
        buffered.mark(2);
        int first = buffered.read();
        int second = buffered.read();
        buffered.reset();
        if (first != 0x1f || second != 0x8b) {
            return buffered;
        }
        try {
            return new BufferedInputStream(new GZIPInputStream(buffered, BUFFER), BUFFER);
        } catch (ZipException | EOFException e) {
            throw new CaptureException(file + ": begins as gzip does, but cannot be unpacked.");
        }
    }

    private CaptureFormat recognise() throws IOException {
        in.order(ByteOrder.BIG_ENDIAN);
        ByteBuffer first = in.read(4, "the file header");
        if (first == null) {
            throw new CaptureException(file + ": is empty.");
        }
        int magic = first.getInt(0);
        if (magic == PcapngFormat.SECTION) {
            return new PcapngFormat(in);
        }
        if (PcapFormat.isMagic(magic)) {
            return new PcapFormat(in, magic, file);
        }
        int reversed = Integer.reverseBytes(magic);
        if (PcapFormat.isMagic(reversed)) {
            in.order(ByteOrder.LITTLE_ENDIAN);
            return new PcapFormat(in, reversed, file);
        }
        throw new CaptureException(file + ": is neither a pcap nor a pcapng file (it begins with 0x" + String.format("%08x", magic) + ").");
    }
}
