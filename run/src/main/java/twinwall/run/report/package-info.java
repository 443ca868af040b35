/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** What programs print: framed tables, and what happened when. */
package twinwall.run.report;
