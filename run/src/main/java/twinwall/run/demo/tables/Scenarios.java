/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.run.demo.tables;

import java.util.List;

import twinwall.run.demo.tables.scenario.BlacklistScenario;
import twinwall.run.demo.tables.scenario.CarNatScenario;
import twinwall.run.demo.tables.scenario.CertificateScenario;
import twinwall.run.demo.tables.scenario.CrlScenario;
import twinwall.run.demo.tables.scenario.DestinationNatScenario;
import twinwall.run.demo.tables.scenario.DsLiteScenario;
import twinwall.run.demo.tables.scenario.DsLiteServerScenario;
import twinwall.run.demo.tables.scenario.IpsecScenario;
import twinwall.run.demo.tables.scenario.L4SlbScenario;
import twinwall.run.demo.tables.scenario.L7SlbScenario;
import twinwall.run.demo.tables.scenario.LocalPreparation;
import twinwall.run.demo.tables.scenario.NaptScenario;
import twinwall.run.demo.tables.scenario.Nat64Scenario;
import twinwall.run.demo.tables.scenario.NatServerScenario;
import twinwall.run.demo.tables.scenario.NoPatScenario;
import twinwall.run.demo.tables.scenario.OnlineUserScenario;
import twinwall.run.demo.tables.scenario.PcpScenario;
import twinwall.run.demo.tables.scenario.PortBlockScenario;
import twinwall.run.demo.tables.scenario.SessionScenario;
import twinwall.run.demo.tables.scenario.SslVpnScenario;
import twinwall.run.demo.tables.scenario.StaticMacScenario;
import twinwall.run.demo.tables.scenario.StaticMappingScenario;
import twinwall.run.demo.tables.scenario.ThreeTupleScenario;
import twinwall.run.demo.tables.scenario.WhitelistScenario;

/** One scenario for each service table, in the order of the report. */
final class Scenarios {

    private Scenarios() {
    }

    /** Tables that are backed up. */
    static List<Scenario> backedUp() {
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
    static List<Preparation> local() {
        return LocalPreparation.all();
    }
}
