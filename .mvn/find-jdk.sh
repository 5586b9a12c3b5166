# shellcheck shell=sh
# Sourced by ./mvnw and ./wager: prints the home of a JDK of 21 or newer, the newest that is found; nothing if none is.
# Looks at JAVA_HOME, at the java and javac on the PATH, and where Linux, macOS, SDKMAN and asdf put JDKs.

jdk_major() { # a JDK's home -> its major version, 0 if it is not a JDK
    [ -x "$1/bin/javac" ] || { echo 0; return; }
    version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null | head -n 1)
    [ -n "$version" ] || version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    echo "${version:-0}"
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && [ "$(jdk_major "$JAVA_HOME")" -ge 21 ]; then
        echo "$JAVA_HOME"
        return
    fi
    best='' best_major=20
    on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path" 2>/dev/null) && on_path=${on_path%/bin/javac}
    for home in "${on_path:-}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
        "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -z "$home" ] || [ ! -d "$home" ]; then
            continue
        fi
        major=$(jdk_major "$home")
        if [ "$major" -gt "$best_major" ]; then
            best=$home best_major=$major
        fi
    done
    echo "$best"
}
