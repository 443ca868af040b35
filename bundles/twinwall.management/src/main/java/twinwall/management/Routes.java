/*
 * Copyright 2026 The Twinwall authors
 * SPDX-License-Identifier: Apache-2.0
 */
package twinwall.management;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every path of the API: its method, its parameters, whether it needs the token, how long a body may be, and what answers it. */
final class Routes {

    private static final Pattern NAME = Pattern.compile("\\{[a-z]+}");
    private static final String NAMED = "([a-z0-9-]{1,64})";
    private static final int SHORT_BODY_BYTES = 4096;
    private static final int LONG_BODY_BYTES = 1024 * 1024;

    private final List<Route> routes;

    Routes(GroupPages group, FirewallPages firewall, DeployPages deploy) {
        routes = List.of(
            new Route("GET", "/api/status", true, Set.of(), call -> group.status()),
            new Route("GET", "/api/tables/{type}/entries", true, Set.of("limit", "after"),
                call -> group.entries(call.name(1), call.query())),
            new Route("POST", "/api/switchover", true, Set.of(), call -> group.switchover()),
            new Route("POST", "/api/sync", true, Set.of(), call -> group.sync()),
            new Route("POST", "/api/check", true, Set.of(), call -> group.check()),
            new Route("POST", "/api/quick-backup", true, Set.of("on"), call -> group.quickBackup(call.query().flag("on"))),
            new Route("GET", "/api/firewall", true, Set.of(), call -> firewall.list()),
            new Route("POST", "/api/firewall/{command}/{verb}", true, Set.of(), LONG_BODY_BYTES,
                call -> firewall.run(call.name(1), call.name(2), call.body())),
            new Route("GET", "/api/deploy", true, Set.of(), call -> deploy.files()),
            new Route("POST", "/api/deploy/check", true, Set.of(), call -> deploy.check()),
            new Route("GET", "/metrics", true, Set.of(), call -> group.metrics()),
            new Route("GET", "/health", false, Set.of(), call -> group.health()));
    }

    /** Answers one request. */
    Answer answer(Request request, AccessToken token) throws IOException {
        for (Route route : routes) {
            Matcher path = route.pattern().matcher(request.path());
            if (path.matches()) {
                return answer(route, path, request, token);
            }
        }
        return unknown();
    }

    private static Answer answer(Route route, Matcher path, Request request, AccessToken token) throws IOException {
        String method = request.method();
        if (!method.equals(route.method()) && !("HEAD".equals(method) && "GET".equals(route.method()))) {
            String allowed = "GET".equals(route.method()) ? "GET, HEAD" : route.method();
            return Answer.error(405, method + " is not possible on " + route.path() + ".", "Use " + route.method() + ".")
                .with("Allow", allowed);
        }
        Answer refusal = route.secured() ? token.refusal(request.authorization()) : null;
        if (refusal != null) {
            return refusal;
        }
        byte[] body = request.body().readNBytes(route.mostBodyBytes() + 1);
        if (body.length > route.mostBodyBytes()) {
            return Answer.error(413, "The request's body is longer than " + route.mostBodyBytes() + " bytes.",
                route.mostBodyBytes() == SHORT_BODY_BYTES ? "This path needs none." : "Send less at once.").with("Connection", "close");
        }
        try {
            return route.page().answer(new Call(path, new Query(request.query(), route.parameters()), body));
        } catch (BadRequest e) {
            return e.answer();
        }
    }

    private Answer unknown() {
        Map<String, Object> body = new LinkedHashMap<>(Answer.errorBody("There is no such path.", "See paths."));
        List<String> paths = new ArrayList<>();
        routes.forEach(route -> paths.add(route.method() + " " + route.path()));
        body.put("paths", paths);
        return Answer.json(404, body);
    }

    /** A request that may be answered. */
    private record Call(Matcher path, Query query, byte[] body) {

        /** What stands in the path at the n-th name in braces, from 1. */
        String name(int n) {
            return path.group(n);
        }
    }

    /** What answers a path. */
    private interface Page {

        Answer answer(Call call) throws BadRequest;
    }

    private record Route(String method, String path, boolean secured, Set<String> parameters, int mostBodyBytes, Page page,
            Pattern pattern) {

        Route(String method, String path, boolean secured, Set<String> parameters, Page page) {
            this(method, path, secured, parameters, SHORT_BODY_BYTES, page);
        }

        Route(String method, String path, boolean secured, Set<String> parameters, int mostBodyBytes, Page page) {
            this(method, path, secured, parameters, mostBodyBytes, page, Pattern.compile(NAME.matcher(path).replaceAll(NAMED)));
        }
    }
}
