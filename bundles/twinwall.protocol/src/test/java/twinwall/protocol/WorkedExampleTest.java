/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import twinwall.group.Role;
import twinwall.link.Connection;
import twinwall.link.HeartbeatLink;

/** Two firewalls say what the worked example of {@code docs/protocol.md} shows: a document of bytes must not rot. */
class WorkedExampleTest {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final String HEADING = "\n## A worked example\n";
    private static final Pattern BLOCK = Pattern.compile("```\n(fw-[ab]) to fw-[ab]: [a-z ]+\n(.*?)```", Pattern.DOTALL);
    /** What explains them stands two blanks or more behind the bytes. */
    private static final Pattern LINE = Pattern.compile("((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: {2,}\\S.*)?");
    private static final byte[] LAYOUT = bytes("01 21 09 04 76 73 79 73 01 13 00 09 64 69 72 65 63 74 69 6f 6e 01 20 02 "
            + "06 53 4f 55 52 43 45 0b 44 45 53 54 49 4e 41 54 49 4f 4e 07 61 64 64 72 65 73 73 01 06 "
            + "08 70 72 6f 74 6f 63 6f 6c 01 13 01 04 70 6f 72 74 01 13 02 "
            + "06 6f 72 69 67 69 6e 00 20 02 06 4d 41 4e 55 41 4c 07 44 59 4e 41 4d 49 43 06 72 65 61 73 6f 6e 00 04 "
            + "0e 74 69 6d 65 6f 75 74 53 65 63 6f 6e 64 73 00 22 13 00 10 72 65 6d 61 69 6e 69 6e 67 53 65 63 6f 6e 64 73 02 13 00");
    private static final Entry OLD = new Entry(bytes("00 00 04 c0 00 02 11 00 00 00"), bytes("00 00 04 74 65 73 74"), bytes("00"), 0);
    private static final Entry NEW =
            new Entry(bytes("00 00 04 c0 00 02 42 00 00 00"), bytes("01 00 04 73 63 61 6e a0 38"), bytes("d8 36"), 0);

    private final List<String> said = new ArrayList<>();
    private final Firewall a = new Firewall("fw-a", "fw-b", 0x0102030405060708L, 0x1112131415161718L, 1_785_000_000L << 20);
    private final Firewall b = new Firewall("fw-b", "fw-a", 0x2122232425262728L, 0x3132333435363738L, 1_784_999_990L << 20);

    @Test
    void theDocumentShowsWhatTwoFirewallsSay() throws IOException {
        a.changes(OLD);
        connect();
        untilQuiet();
        a.changes(NEW);
        a.removes(OLD);
        untilQuiet();
        assertThat(b.table).containsOnlyKeys(HEX.formatHex(NEW.key()));

        List<String> documented = documented();
        assertThat(said).containsSubsequence(documented);
        assertThat(documented.stream().map(frame -> frame.substring(6, 8)))
                .contains("01", "03", "04", "10", "12", "20", "21", "22", "23", "24");
    }

    /** The frames in the document, each after the name of who says it. */
    private static List<String> documented() throws IOException {
        String document = Files.readString(repository().resolve("docs/protocol.md"));
        Matcher blocks = BLOCK.matcher(document.substring(document.indexOf(HEADING)));
        List<String> frames = new ArrayList<>();
        while (blocks.find()) {
            StringBuilder frame = new StringBuilder(blocks.group(1)).append(':');
            for (String line : blocks.group(2).split("\n")) {
                Matcher bytes = LINE.matcher(line);
                assertThat(bytes.matches()).as("bytes, then what they are: " + line).isTrue();
                frame.append(' ').append(bytes.group(1));
            }
            frames.add(frame.toString());
        }
        return frames;
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        // Bundles have the two files too.
        while (!List.of("bnd.bnd", "pom.xml", "bundles").stream().map(folder::resolve).allMatch(Files::exists)) {
            folder = folder.getParent();
            assertThat(folder).as("a folder with bnd.bnd, pom.xml and bundles above " + Path.of("").toAbsolutePath()).isNotNull();
        }
        return folder;
    }

    private void connect() {
        a.session = a.member.connected(new Line(), 0, 0);
        b.session = b.member.connected(new Line(), 0, 0);
    }

    /** Each says one frame in turn until neither has more to say. */
    private void untilQuiet() throws IOException {
        boolean busy = true;
        while (busy) {
            busy = tell(a, b) | tell(b, a) | a.works() | b.works();
        }
    }

    private boolean tell(Firewall from, Firewall to) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HeartbeatLink.MAX_FRAME);
        if (!from.session.next(frame, 0)) {
            return false;
        }
        frame.flip();
        said.add(from.name + ": " + HEX.formatHex(frame.array(), 0, frame.limit()));
        to.session.received(frame, 0);
        return true;
    }

    private static byte[] bytes(String hex) {
        return HEX.parseHex(hex);
    }

    private static final class Firewall implements MemberEvents, TableEvents, TableAccess {

        private final String name;
        private final Map<String, Entry> table = new TreeMap<>();
        private final Member member;
        private final TableReplica replica;
        private final Applier applier;
        private Session session;
        private long snapshot;

        Firewall(String name, String peer, long incarnation, long log, long clock) {
            this.name = name;
            member = new Member(new MemberSettings(name, peer, incarnation, 45_000, 1000, 5, 100, false, 10_000), this, 0);
            TableSpec spec = new TableSpec("blacklist", 1, LAYOUT, false, true, HandlerOrigin.UNKNOWN);
            replica = new TableReplica(spec, new KeyHash(1, 2), name.compareTo(peer) < 0 ? 0 : 1, log, clock, 1 << 20, this);
            applier = new Applier(replica, this);
            member.add(replica);
        }

        void changes(Entry entry) {
            put(entry.key(), entry.value(), entry.soft());
            replica.put(entry.key(), entry.value(), entry.soft());
        }

        void removes(Entry entry) {
            remove(entry.key());
            replica.remove(entry.key());
        }

        boolean works() throws IOException {
            Work work = replica.take();
            if (work != null) {
                applier.apply(work);
                return true;
            }
            if (snapshot == 0) {
                return false;
            }
            table.values().forEach(entry -> replica.snapshotPut(snapshot, entry.key(), entry.value(), entry.soft()));
            replica.snapshotRead(snapshot);
            snapshot = 0;
            return true;
        }

        @Override
        public void roleChanged(Role from, Role to, String reason, int peerPriority) {
        }

        @Override
        public void lost(String cause, Map<String, Shortfall> tables) {
        }

        @Override
        public void handoverEnded(HandoverEnd end) {
        }

        @Override
        public void splitBrain(SplitBrain report) {
            throw new AssertionError(report);
        }

        @Override
        public void hellosDiffer(Hellos here, Hellos there, Hellos agreed) {
            throw new AssertionError(agreed);
        }

        @Override
        public void peerSwitchedQuickBackup(boolean on) {
        }

        @Override
        public void wake() {
        }

        @Override
        public void workArrived() {
        }

        @Override
        public void answered(Object who, Answered how) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public void snapshotWanted(long id) {
            snapshot = id;
        }

        @Override
        public void snapshotRoom() {
        }

        @Override
        public void open(int schema, byte[] layout) {
        }

        @Override
        public void put(byte[] key, byte[] value, byte[] soft) {
            table.put(HEX.formatHex(key), new Entry(key, value, soft, 0));
        }

        @Override
        public void remove(byte[] key) {
            table.remove(HEX.formatHex(key));
        }

        @Override
        public int compare(byte[] key, byte[] mine, byte[] theirs) {
            return 0;
        }

        @Override
        public void visit(EntryVisitor visitor) throws IOException {
            for (Entry entry : table.values()) {
                visitor.visit(entry.key(), entry.value(), entry.soft());
            }
        }
    }

    private static final class Line implements Connection {

        @Override
        public boolean confidential() {
            return true;
        }

        @Override
        public String remote() {
            return "peer";
        }

        @Override
        public void wake() {
        }

        @Override
        public void seekAnother() {
            throw new AssertionError();
        }

        @Override
        public void close(String reason) {
            throw new IllegalStateException(reason);
        }
    }
}
