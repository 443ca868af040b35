/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.BitSet;

import twinwall.firewall.embedded.session.OwnShare;

/** The blocks that the ports of a pool are divided into, and which of them are not free. What does not fill a block is left over. */
final class BlockSpace {

    /** No block. */
    static final int NONE = -1;

    private final PortRange ports;
    private final int blockPorts;
    private final int perAddress;
    private final Block[][] blocks;
    private final BitSet[] taken;
    private final OwnShare share;
    /** Blocks that are not free, by half and address. */
    private final int[][] counts;
    private final long[] total = new long[2];
    private final int[] held = new int[2];

    /** Of these blocks {@code share} may be given away. */
    BlockSpace(int addresses, PortRange ports, int blockPorts, OwnShare share) {
        this.share = share;
        this.ports = ports;
        this.blockPorts = blockPorts;
        perAddress = ports.size() / blockPorts;
        blocks = new Block[addresses][];
        taken = new BitSet[addresses];
        counts = new int[2][addresses];
        for (int address = 0; address < addresses; address++) {
            total[0] += each(address, 0);
            total[1] += each(address, 1);
        }
    }

    /** Blocks of that half on the address. */
    private int each(int address, int half) {
        return (perAddress + 1 - OwnShare.half(address + half)) / 2;
    }

    /** Blocks of each address. */
    int perAddress() {
        return perAddress;
    }

    /** All blocks. */
    long total() {
        return (long) perAddress * blocks.length;
    }

    /** Blocks that are not free. */
    int held() {
        return held[0] + held[1];
    }

    /** Number of the block that the port is in; {@link #NONE} when it is in none. */
    int number(int port) {
        int number = (port - ports.first()) / blockPorts;
        return port >= ports.first() && number < perAddress ? number : NONE;
    }

    int firstPort(int number) {
        return ports.first() + number * blockPorts;
    }

    /** The block if it is not free, else {@code null}. */
    Block find(int address, int number) {
        return blocks[address] == null ? null : blocks[address][number];
    }

    /** The block, from now on not free. */
    Block take(int address, int number) {
        Block block = find(address, number);
        if (block == null) {
            if (blocks[address] == null) {
                blocks[address] = new Block[perAddress];
                taken[address] = new BitSet(perAddress);
            }
            block = new Block(address, number);
            blocks[address][number] = block;
            taken[address].set(number);
            counts[block.half][address]++;
            held[block.half]++;
        }
        return block;
    }

    /** The block is free when neither an entry nor a session needs it. */
    void freeIfUnused(Block block) {
        if (!block.granted && block.sessions == 0) {
            block.holder = null;
            blocks[block.address][block.number] = null;
            taken[block.address].clear(block.number);
            counts[block.half][block.address]--;
            held[block.half]--;
        }
    }

    /** Whether the address has no block that may be given away. */
    boolean full(int address) {
        return !hasFree(address, 0) && !hasFree(address, 1);
    }

    /** Whether the address has a free block of that half, and that may be given away. */
    boolean hasFree(int address, int half) {
        return share.hasHalf(half) && counts[half][address] < each(address, half);
    }

    /** Whether there is no block that may be given away. */
    boolean full() {
        return (!share.hasHalf(0) || held[0] == total[0]) && (!share.hasHalf(1) || held[1] == total[1]);
    }

    /** The first free block of that half from that one on, round the end. There must be one. */
    int free(int address, int from, int half) {
        int number = next(address, from, half);
        return number < perAddress ? number : next(address, 0, half);
    }

    private int next(int address, int from, int half) {
        BitSet there = taken[address];
        int number = there == null ? from : there.nextClearBit(from);
        while (number < perAddress && Block.half(address, number) != half) {
            number = there == null ? number + 1 : there.nextClearBit(number + 1);
        }
        return number;
    }
}
