/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import static org.assertj.core.api.Assertions.assertThat;
import static twinwall.management.ApiUnderTest.json;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import twinwall.group.DropFolder;
import twinwall.group.DroppedFile;
import twinwall.group.FileVerdict;
import twinwall.group.PlannedChange;

class DeployPagesTest {

    private static final DropFolder FOLDER = new DropFolder() {

        @Override
        public String path() {
            return "/etc/twinwall/handlers";
        }

        @Override
        public List<DroppedFile> files() {
            return List.of(new DroppedFile("lease.jar", "com.example.lease", "1.0.0", List.of("dhcp-lease"), FileVerdict.NOT_IN_SYNC,
                "It is rolled back.", Instant.parse("2026-11-22T10:00:00Z")));
        }

        @Override
        public List<PlannedChange> check() {
            return List.of(new PlannedChange("lease.jar", "com.example.lease", "1.1.0", PlannedChange.Action.UPDATE, "1.1.0 replaces"
                + " 1.0.0.",
                List.of("com.example.lease")));
        }
    };

    @TempDir
    private Path home;
    private ApiUnderTest api;

    @BeforeEach
    void start() throws Exception {
        api = new ApiUnderTest(home, new FakeGroup(), Duration.ofMillis(200));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void everyFileIsShownWithItsVerdict() throws Exception {
        api.dropFolder = FOLDER;
        HttpResponse<String> response = api.get("/api/deploy");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonObject page = json(response);
        assertThat(page.get("folder").getAsString()).isEqualTo("/etc/twinwall/handlers");
        assertThat(page.getAsJsonArray("files").get(0)).isEqualTo(JsonParser.parseString("{'file':'lease.jar','bundle':'com.example.lease',"
            + "'version':'1.0.0','tables':['dhcp-lease'],'verdict':'not-in-sync','detail':'It is rolled back.',"
            + "'since':'2026-11-22T10:00:00Z'}"));
    }

    @Test
    void aDryRunSaysWhatWouldBeRestarted() throws Exception {
        api.dropFolder = FOLDER;
        JsonObject page = json(api.post("/api/deploy/check"));
        assertThat(page.getAsJsonArray("changes").get(0)).isEqualTo(JsonParser.parseString("{'file':'lease.jar',"
            + "'bundle':'com.example.lease','version':'1.1.0','action':'update','detail':'1.1.0 replaces 1.0.0.',"
            + "'restarts':['com.example.lease']}"));
        assertThat(api.get("/api/deploy/check").statusCode()).isEqualTo(405);
    }

    @Test
    void withoutADropFolderItSaysWhatIsMissing() throws Exception {
        HttpResponse<String> response = api.get("/api/deploy");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(json(response).get("hint").getAsString()).isEqualTo("Start the bundle twinwall.deploy.");
    }
}
