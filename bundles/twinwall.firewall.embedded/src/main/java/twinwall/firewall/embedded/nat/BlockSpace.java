/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.firewall.embedded.nat;

import java.util.BitSet;

/** The blocks that the ports of a pool are divided into, and which of them are not free. What does not fill a block is left over. */
final class BlockSpace {

    /** No block. */
    static final int NONE = -1;

    private final PortRange ports;
    private final int blockPorts;
    private final int perAddress;
    private final Block[][] blocks;
    private final BitSet[] taken;
    private final int[] counts;
    private int held;

    BlockSpace(int addresses, PortRange ports, int blockPorts) {
        this.ports = ports;
        this.blockPorts = blockPorts;
        perAddress = ports.size() / blockPorts;
        blocks = new Block[addresses][];
        taken = new BitSet[addresses];
        counts = new int[addresses];
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
        return held;
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
            counts[address]++;
            held++;
        }
        return block;
    }

    /** The block is free when neither an entry nor a session needs it. */
    void freeIfUnused(Block block) {
        if (!block.granted && block.sessions == 0) {
            block.holder = null;
            blocks[block.address][block.number] = null;
            taken[block.address].clear(block.number);
            counts[block.address]--;
            held--;
        }
    }

    boolean full(int address) {
        return counts[address] == perAddress;
    }

    boolean full() {
        return held == total();
    }

    /** The first free block from that one on, round the end. The address must not be full. */
    int free(int address, int from) {
        if (taken[address] == null) {
            return from;
        }
        int number = taken[address].nextClearBit(from);
        return number < perAddress ? number : taken[address].nextClearBit(0);
    }
}
