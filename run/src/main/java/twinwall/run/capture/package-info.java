/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Reads packet captures: pcap and pcapng, packed with gzip or not, of the common link types, as Ethernet frames. Start at
 * {@link twinwall.run.capture.CaptureReader}.
 */
package twinwall.run.capture;
