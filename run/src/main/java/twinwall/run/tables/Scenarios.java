/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.tables;

import java.util.List;

import twinwall.run.tables.scenario.BlacklistScenario;
import twinwall.run.tables.scenario.CarNatScenario;
import twinwall.run.tables.scenario.CertificateScenario;
import twinwall.run.tables.scenario.CrlScenario;
import twinwall.run.tables.scenario.DestinationNatScenario;
import twinwall.run.tables.scenario.DsLiteScenario;
import twinwall.run.tables.scenario.DsLiteServerScenario;
import twinwall.run.tables.scenario.IpsecScenario;
import twinwall.run.tables.scenario.L4SlbScenario;
import twinwall.run.tables.scenario.L7SlbScenario;
import twinwall.run.tables.scenario.LocalPreparation;
import twinwall.run.tables.scenario.NaptScenario;
import twinwall.run.tables.scenario.Nat64Scenario;
import twinwall.run.tables.scenario.NatServerScenario;
import twinwall.run.tables.scenario.NoPatScenario;
import twinwall.run.tables.scenario.OnlineUserScenario;
import twinwall.run.tables.scenario.PcpScenario;
import twinwall.run.tables.scenario.PortBlockScenario;
import twinwall.run.tables.scenario.SessionScenario;
import twinwall.run.tables.scenario.SslVpnScenario;
import twinwall.run.tables.scenario.StaticMacScenario;
import twinwall.run.tables.scenario.StaticMappingScenario;
import twinwall.run.tables.scenario.ThreeTupleScenario;
import twinwall.run.tables.scenario.WhitelistScenario;

/** One scenario for each service table, in the order of the report. */
public final class Scenarios {

    private Scenarios() {
    }

    /** Tables that are backed up. */
    public static List<Scenario> backedUp() {
        return List.of(
                SessionScenario.ipv4(),
                SessionScenario.ipv6(),
                new StaticMacScenario(),
                new NoPatScenario(),
                new NaptScenario(),
                new ThreeTupleScenario(),
                new Nat64Scenario(),
                new DsLiteScenario(),
                new DsLiteServerScenario(),
                new CarNatScenario(),
                new PcpScenario(),
                new PortBlockScenario(),
                new StaticMappingScenario(),
                new NatServerScenario(),
                new DestinationNatScenario(),
                new BlacklistScenario(),
                new WhitelistScenario(),
                new OnlineUserScenario(),
                new CertificateScenario(),
                new CrlScenario(),
                new IpsecScenario(),
                new SslVpnScenario(),
                new L4SlbScenario(),
                new L7SlbScenario());
    }

    /** Tables that are lost by design. */
    public static List<Preparation> local() {
        return LocalPreparation.all();
    }
}
