/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import twinwall.management.Query.BadParameter;

/** Every path of the API: its method, its parameters, whether it needs the token, and what answers it. */
final class Routes {

    private static final String TYPE = "([a-z0-9-]{1,64})";

    private final List<Route> routes;

    Routes(GroupPages pages) {
        routes = List.of(
            new Route("GET", "/api/status", true, Set.of(), (type, query) -> pages.status()),
            new Route("GET", "/api/tables/{type}/entries", true, Set.of("limit", "after"), pages::entries),
            new Route("POST", "/api/switchover", true, Set.of(), (type, query) -> pages.switchover()),
            new Route("POST", "/api/sync", true, Set.of(), (type, query) -> pages.sync()),
            new Route("POST", "/api/check", true, Set.of(), (type, query) -> pages.check()),
            new Route("POST", "/api/quick-backup", true, Set.of("on"), (type, query) -> pages.quickBackup(query.flag("on"))),
            new Route("GET", "/metrics", true, Set.of(), (type, query) -> pages.metrics()),
            new Route("GET", "/health", false, Set.of(), (type, query) -> pages.health()));
    }

    /** Answers one request; {@code rawPath} and {@code rawQuery} are still encoded. */
    Answer answer(String method, String rawPath, String rawQuery, String authorization, AccessToken token) {
        for (Route route : routes) {
            Matcher path = route.pattern().matcher(rawPath);
            if (!path.matches()) {
                continue;
            }
            if (!method.equals(route.method()) && !("HEAD".equals(method) && "GET".equals(route.method()))) {
                String allowed = "GET".equals(route.method()) ? "GET, HEAD" : route.method();
                return Answer.error(405, method + " is not possible on " + route.path() + ".", "Use " + route.method() + ".")
                    .with("Allow", allowed);
            }
            Answer refusal = route.secured() ? token.refusal(authorization) : null;
            if (refusal != null) {
                return refusal;
            }
            try {
                return route.page().answer(path.groupCount() > 0 ? path.group(1) : "", new Query(rawQuery, route.parameters()));
            } catch (BadParameter e) {
                return e.answer();
            }
        }
        return unknown();
    }

    private Answer unknown() {
        Map<String, Object> body = new LinkedHashMap<>(Answer.errorBody("There is no such path.", "See paths."));
        List<String> paths = new ArrayList<>();
        routes.forEach(route -> paths.add(route.method() + " " + route.path()));
        body.put("paths", paths);
        return Answer.json(404, body);
    }

    /** What answers a path; {@code type} is the table type in it, empty when it has none. */
    private interface Page {

        Answer answer(String type, Query query) throws BadParameter;
    }

    private record Route(String method, String path, boolean secured, Set<String> parameters, Page page, Pattern pattern) {

        Route(String method, String path, boolean secured, Set<String> parameters, Page page) {
            this(method, path, secured, parameters, page, Pattern.compile(path.replace("{type}", TYPE)));
        }
    }
}
