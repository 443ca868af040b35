# Shared by the scripts in this folder: finds Java, builds what is needed at first use, gives the class path.
# Sets: twinwall_root, twinwall_java, twinwall_flags (array), twinwall_lib, twinwall_bundles.

twinwall_root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
twinwall_lib="$twinwall_root/run/target/lib"
twinwall_bundles="$twinwall_root/run/target/export/node"
twinwall_jar="$twinwall_root/run/target/twinwall-run.jar"

twinwall_fail() {
    echo "$(basename "$0"): $1" >&2
    exit "${2:-3}"
}

# Takes JAVA_HOME, else the PATH; both must be 17 or later.
twinwall_find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        twinwall_java="$JAVA_HOME/bin/java"
        [ -x "$twinwall_java" ] || twinwall_fail "JAVA_HOME=$JAVA_HOME holds no bin/java. Set it to a JDK 17 or later."
    else
        twinwall_java="$(command -v java)" || twinwall_fail "No java on the PATH. Install a JDK 17 or later, or set JAVA_HOME."
    fi
    # The release file is read in a moment; asking java itself costs a JVM start.
    local home version
    home="$(dirname "$(dirname "$(readlink -f "$twinwall_java")")")"
    version="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null)"
    if [ -z "$version" ]; then
        version="$("$twinwall_java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)"
    fi
    [ "${version:-0}" -ge 17 ] || twinwall_fail "$twinwall_java is Java ${version:-of an unknown version}, but 17 or later is needed. Set JAVA_HOME."
}

# The last whole build is older than a source, or was none. Maven writes .built at the end of every one.
twinwall_needs_build() {
    local done="$twinwall_root/run/target/.built"
    [ -f "$done" ] && [ -f "$twinwall_jar" ] && [ -d "$twinwall_bundles" ] || return 0
    [ -n "$(find "$twinwall_root"/pom.xml "$twinwall_root"/bnd.bnd "$twinwall_root"/cnf "$twinwall_root"/bundles "$twinwall_root"/run \
        -path '*/target' -prune -o -path '*/src/test' -prune -o -path '*/captures' -prune -o \
        -type f \( -name '*.java' -o -name '*.bnd' -o -name '*.bndrun' -o -name 'pom.xml' -o -name '*.cfg' -o -path '*/src/main/resources/*' \) \
        -newer "$done" -print -quit)" ]
}

twinwall_build() {
    command -v mvn >/dev/null || twinwall_fail "Maven (mvn) is needed to build Twinwall at first use."
    mkdir -p "$twinwall_root/run/target"
    (
        # Two programs started at once must not build into each other.
        command -v flock >/dev/null && flock 9
        twinwall_needs_build || exit 0
        echo "Building Twinwall (first use, about a minute)..." >&2
        (cd "$twinwall_root" && mvn -q -B -ntp -DskipTests -DskipITs -Dcheckstyle.skip -pl run -am package) >&2 || exit 1
    ) 9>"$twinwall_root/run/target/.build-lock" || twinwall_fail "The build failed; its messages are above."
}

# twinwall_exec MAIN_CLASS CLASS_PATH ARGUMENT...
twinwall_exec() {
    local main="$1" path="$2"
    shift 2
    # shellcheck disable=SC2086 -- several options in one variable
    exec "$twinwall_java" -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
        ${TWINWALL_JAVA_OPTS:-} -Dtwinwall.bundles="$twinwall_bundles" -Dtwinwall.root="$twinwall_root" -cp "$path" "$main" "$@"
}

twinwall_find_java
if twinwall_needs_build; then
    twinwall_build
fi
