#!/usr/bin/env python3
# Copyright 2026 The Twinwall authors
# SPDX-License-Identifier: Apache-2.0
"""The ends of the conversations that `record` records. Every packet is made by the kernel's own stack; used only when recording."""
import array
import fcntl
import os
import random
import socket
import struct
import sys
import threading
import time

SIOCETHTOOL = 0x8946
# Transmit checksums, scatter/gather, TSO, GSO, GRO: off, so that a capture holds what a wire would carry.
OFFLOADS = (0x1f, 0x24, 0x2c, 0x19, 0x17)
DNS_ANSWERS = {1: socket.inet_pton(socket.AF_INET, "198.51.100.10"), 28: socket.inet_pton(socket.AF_INET6, "2001:db8:51::10")}


def family(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def offload_off(interface):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        for command in OFFLOADS:
            value = array.array("B", struct.pack("II", command, 0))
            request = struct.pack("16sP", interface.encode(), value.buffer_info()[0])
            try:
                fcntl.ioctl(control, SIOCETHTOOL, request)
            except OSError as e:
                print(f"{interface}: offload {command:#x} stays on: {e}", file=sys.stderr)


def dns_server(*addresses):
    """Answers A and AAAA questions with addresses for documentation, anything else with an empty answer."""
    def serve(address):
        with socket.socket(family(address), socket.SOCK_DGRAM) as server:
            server.bind((address, 53))
            while True:
                question, client = server.recvfrom(512)
                end = question.index(0, 12) + 5
                kind = struct.unpack("!H", question[end - 4:end - 2])[0]
                data = DNS_ANSWERS.get(kind)
                head = question[:2] + struct.pack("!HHHHH", 0x8180, 1, 1 if data else 0, 0, 0)
                answer = b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 300, len(data)) + data if data else b""
                server.sendto(head + question[12:end] + answer, client)
    for address in addresses:
        threading.Thread(target=serve, args=(address,), daemon=True).start()
    threading.Event().wait()


def dns_client(source, server, port, pause, *names):
    """A stub resolver that keeps its port: one question for each name, two types in turn."""
    with socket.socket(family(server), socket.SOCK_DGRAM) as client:
        client.settimeout(2)
        client.bind((source, int(port)))
        for number, name in enumerate(names):
            labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
            kind = (1, 28)[number % 2]
            client.sendto(struct.pack("!HHHHHH", random.randrange(65536), 0x0100, 1, 0, 0, 0) + labels + b"\0"
                          + struct.pack("!HH", kind, 1), (server, 53))
            client.recv(512)
            time.sleep(float(pause))


def echo_server(port, *addresses):
    """What comes is answered after a moment, as a shell behind ssh would."""
    def talk(connection):
        with connection:
            while data := connection.recv(4096):
                time.sleep(0.02)
                connection.sendall(data[::-1] * 2)

    def serve(address):
        with socket.create_server((address, int(port)), family=family(address)) as server:
            while True:
                connection, _ = server.accept()
                threading.Thread(target=talk, args=(connection,), daemon=True).start()
    for address in addresses:
        threading.Thread(target=serve, args=(address,), daemon=True).start()
    threading.Event().wait()


def echo_client(source, server, port, count, pause):
    """A long conversation of short messages with pauses."""
    with socket.create_connection((server, int(port)), source_address=(source, 0)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(int(count)):
            size = random.randrange(20, 80)
            connection.sendall(os.urandom(size))
            missing = 2 * size
            while missing > 0:
                missing -= len(connection.recv(4096))
            time.sleep(float(pause))


def udp_sink(port, *addresses):
    """Answers every fourth packet of a stream, as a receiver's report does."""
    def serve(address):
        with socket.socket(family(address), socket.SOCK_DGRAM) as server:
            server.bind((address, int(port)))
            count = 0
            while True:
                _, client = server.recvfrom(2048)
                count += 1
                if count % 4 == 0:
                    server.sendto(b"report" + struct.pack("!I", count), client)
    for address in addresses:
        threading.Thread(target=serve, args=(address,), daemon=True).start()
    threading.Event().wait()


def udp_stream(source, server, port, count, pause, ttl="64"):
    with socket.socket(family(server), socket.SOCK_DGRAM) as client:
        client.bind((source, 0))
        if family(server) == socket.AF_INET:
            client.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, int(ttl))
        for number in range(int(count)):
            client.sendto(struct.pack("!IQ", number, time.time_ns()) + bytes(60), (server, int(port)))
            time.sleep(float(pause))


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xffff)
    return ~(total + (total >> 16)) & 0xffff


def ping(source, target, count, pause, size="56"):
    """Echo requests; above the link's MTU the kernel makes fragments of them."""
    six = family(target) == socket.AF_INET6
    protocol = socket.getprotobyname("ipv6-icmp") if six else socket.IPPROTO_ICMP
    identifier = os.getpid() & 0xffff
    with socket.socket(family(target), socket.SOCK_RAW, protocol) as client:
        client.bind((source, 0))
        client.settimeout(2)
        if not six:
            # Path MTU discovery off: fragments instead of an error.
            client.setsockopt(socket.IPPROTO_IP, 10, 0)
        for number in range(int(count)):
            body = struct.pack("!HH", identifier, number + 1) + bytes(i & 0xff for i in range(int(size)))
            kind = b"\x80\0" if six else b"\x08\0"
            message = kind + struct.pack("!H", 0 if six else checksum(kind + b"\0\0" + body)) + body
            client.sendto(message, (target, 0))
            time.sleep(float(pause))


def pcapng(source, target):
    """The same packets and times in a pcapng file: tcpdump writes pcap only. Nanoseconds, interface named in the block."""
    with open(source, "rb") as file:
        data = file.read()
    magic, _, _, _, _, snap, link = struct.unpack("<IHHiIII", data[:24])
    unit = 1 if magic == 0xa1b23c4d else 1000

    def block(kind, body):
        size = len(body) + 12
        return struct.pack("<II", kind, size) + body + struct.pack("<I", size)

    def option(code, value):
        return struct.pack("<HH", code, len(value)) + value + b"\0" * (-len(value) % 4)

    end = struct.pack("<HH", 0, 0)
    out = block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1) + option(4, b"run/captures/record") + end)
    out += block(1, struct.pack("<HHI", link, 0, snap) + option(2, b"outside") + option(9, b"\x09") + end)
    at = 24
    while at + 16 <= len(data):
        seconds, fraction, kept, whole = struct.unpack("<IIII", data[at:at + 16])
        moment = seconds * 1_000_000_000 + fraction * unit
        body = struct.pack("<IIIII", 0, moment >> 32, moment & 0xffffffff, kept, whole)
        body += data[at + 16:at + 16 + kept] + b"\0" * (-kept % 4)
        out += block(6, body)
        at += 16 + kept
    with open(target, "wb") as file:
        file.write(out)


if __name__ == "__main__":
    {f.__name__.replace("_", "-"): f for f in (offload_off, dns_server, dns_client, echo_server, echo_client, udp_sink, udp_stream,
                                               ping, pcapng)}[sys.argv[1]](*sys.argv[2:])
