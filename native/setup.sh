# Read by ../gesso: what a system must have, and the build. Needs $home, the project's folder. POSIX sh.
# Everything said here goes to stderr: stdout is the program's.
# shellcheck shell=sh disable=SC1007,SC2013,SC2046,SC2086,SC2154  # lists of words are meant to be split

launch=$home/target/launch
newline='
'

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# ---- Java ----

# The version of the JDK in folder $1, from its own note: no JVM is started to ask. False where it is none, or too old.
use_jdk() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        if [ "$key" = JAVA_VERSION ]; then
            java_version=${value#\"}
            java_version=${java_version%%\"*}
            java_major=${java_version%%[!0-9]*}
            java_home=$1
        fi
    done <"$1/release"
    [ "${java_major:-0}" -ge 17 ]
}

find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        use_jdk "$JAVA_HOME" && return
        say "JAVA_HOME is $JAVA_HOME, which is no JDK of version 17 or later; looking for another."
    fi
    javac=$(command -v javac || :)
    if [ -n "$javac" ]; then
        javac=$(readlink -f "$javac" 2>/dev/null || echo "$javac")
        use_jdk "${javac%/bin/javac}" && return
    fi
    for folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk /usr/local/opt/openjdk "${HOME:-/}"/.sdkman/candidates/java/*; do
        use_jdk "$folder" && return
    done
    return 1
}

need_java() {
    find_java || {
        install_packages jdk
        find_java || fail "Gesso needs a JDK of version 17 or later; install one, or set JAVA_HOME to it."
    }
    export JAVA_HOME="$java_home"
}

# ---- What else the system must have ----

# True where the shared library $1 is in one of the places where systems keep them.
has_library() {
    for folder in /usr/lib /usr/lib64 /usr/lib/*-linux-gnu* /lib /lib64 /lib/*-linux-gnu* /usr/local/lib; do
        [ -e "$folder/$1" ] && return
    done
    return 1
}

# A window: what JavaFX loads, and letters for 中文 (without them it still opens). $*: more that is needed.
need_for_window() {
    [ "$(uname)" = Linux ] || return 0
    missing=
    has_library libgtk-3.so.0 || missing="$missing gtk"
    has_library libXtst.so.6 || missing="$missing xtst"
    has_library libGL.so.1 || missing="$missing gl"
    for tool in "$@"; do
        [ "$tool" != xvfb ] || command -v xvfb-run >/dev/null || missing="$missing xvfb"
    done
    [ -z "$missing" ] || install_packages $missing $(has_chinese || echo chinese)
}

# The tests draw without a screen; they need letters to measure.
need_for_tests() {
    [ "$(uname)" = Linux ] || return 0
    has_library libpangoft2-1.0.so.0 || install_packages pango $(has_chinese || echo chinese)
}

has_chinese() {
    for font in /usr/share/fonts/*/wqy* /usr/share/fonts/wqy* /usr/share/fonts/*/wqy*/* "${HOME:-/}"/.fonts/wqy*; do
        [ -e "$font" ] && return
    done
    return 1
}

# Installs what $* stand for where that can be done without a question, else says how it is done.
install_packages() {
    for manager in apt-get dnf pacman zypper brew none; do
        command -v "$manager" >/dev/null && break
    done
    case $manager in
        apt-get) refresh='apt-get update -q' install='apt-get install -y -q --no-install-recommends' ;;
        dnf | zypper) refresh= install="$manager install -y" ;;
        pacman) refresh= install='pacman -Sy --noconfirm --needed' ;;
        brew) refresh= install='brew install' ;;
        none) fail "Gesso needs $(names_of generic "$@"); install what is missing and start it again." ;;
    esac
    as_root=
    if [ "$manager" != brew ] && [ "$(id -u)" != 0 ]; then
        as_root='sudo -n'
        sudo -n true 2>/dev/null ||
            fail "Gesso needs $(names_of generic "$@"): run  sudo $install $(names_of "$manager" "$@")  and start it again."
    fi
    say "Gesso needs $(names_of generic "$@"): installing …"
    {
        [ -z "$refresh" ] || $as_root env DEBIAN_FRONTEND=noninteractive $refresh >/dev/null 2>&1 || :
        packages=$(names_of "$manager" "$@")
        $as_root env DEBIAN_FRONTEND=noninteractive $install $packages >&2 ||
            fail "Installing failed: $as_root $install $packages"
    }
}

# The names of $2… for manager $1.
names_of() {
    manager_named=$1
    shift
    list=
    for thing in "$@"; do
        case $manager_named:$thing in
            generic:jdk) name='a JDK (17 or later)' ;;
            generic:gtk) name=GTK ;;
            generic:xtst) name=libXtst ;;
            generic:gl) name=libGL ;;
            generic:pango) name='Pango (pangoft2)' ;;
            generic:xvfb) name=xvfb ;;
            generic:chinese) name='letters for Chinese' ;;
            apt-get:jdk) name=$(first_apt openjdk-17-jdk openjdk-25-jdk openjdk-21-jdk default-jdk) ;;
            apt-get:gtk) name=$(first_apt libgtk-3-0t64 libgtk-3-0) ;;
            apt-get:xtst) name=libxtst6 ;;
            apt-get:gl) name=libgl1 ;;
            apt-get:pango) name=libpangoft2-1.0-0 ;;
            apt-get:xvfb) name='xvfb xauth' ;;
            apt-get:chinese) name=fonts-wqy-microhei ;;
            dnf:jdk) name=java-latest-openjdk-devel ;;
            pacman:jdk) name=jdk-openjdk ;;
            zypper:jdk) name=java-21-openjdk-devel ;;
            brew:jdk) name=openjdk ;;
            dnf:gtk | pacman:gtk) name=gtk3 ;;
            zypper:gtk) name=libgtk-3-0 ;;
            dnf:xtst) name=libXtst ;;
            pacman:xtst) name=libxtst ;;
            zypper:xtst) name=libXtst6 ;;
            dnf:gl) name=mesa-libGL ;;
            pacman:gl) name=libglvnd ;;
            zypper:gl) name=libGL1 ;;
            dnf:pango | pacman:pango) name=pango ;;
            zypper:pango) name=libpango-1_0-0 ;;
            dnf:xvfb) name=xorg-x11-server-Xvfb ;;
            pacman:xvfb) name=xorg-server-xvfb ;;
            zypper:xvfb) name=xvfb-run ;;
            dnf:chinese) name=wqy-microhei-fonts ;;
            pacman:chinese) name=wqy-microhei ;;
            zypper:chinese) name=wqy-microhei-fonts ;;
            *) continue ;;
        esac
        if [ "$manager_named" = generic ]; then list="${list:+$list, }$name"; else list="${list:+$list }$name"; fi
    done
    printf %s "$list"
}

# The first of $* that apt knows, or the last.
first_apt() {
    for package in "$@"; do
        if apt-cache show "$package" >/dev/null 2>&1; then break; fi
    done
    printf %s "$package"
}

# ---- The build ----

maven() {
    if command -v mvn >/dev/null; then
        mvn -B -ntp "$@"
    else
        sh "$home/mvnw" -B -ntp "$@"
    fi
}

# What the build was made for: another profile, another driver or another place makes it stale.
build_key() {
    if [ -e /proc/driver/nvidia/version ]; then driver=nvidia; else driver=none; fi
    printf '%s' "$home ${GESSO_MAVEN_ARGS:-} driver=$driver"
}

is_current() {
    [ -f "$launch/key" ] && [ "$(cat "$launch/key")" = "$(build_key)" ] || return 1
    [ -z "$(find "$home/pom.xml" "$home/src/main" "$home/native" -newer "$launch/key" -print | head -n 1)" ] || return 1
    # Maven's repository may have been emptied since.
    (
        IFS=:$newline
        for jar in $(cat "$launch/classpath" "$launch/uipath" "$launch/modulepath"); do
            [ -e "$jar" ] || exit 1
        done
    )
}

build_if_stale() {
    is_current && return
    mkdir -p "$launch" 2>/dev/null || fail "Gesso is not built yet, and its folder $home cannot be written to."
    lock_build
    # Whoever had the lock before may have built it.
    is_current || build
    rm -rf "$launch/lock"
    trap - EXIT INT TERM
}

# One build at a time; a lock whose owner is gone counts for nothing.
lock_build() {
    while ! mkdir "$launch/lock" 2>/dev/null; do
        owner=$(cat "$launch/lock/pid" 2>/dev/null || echo $$)
        if [ -z "$owner" ] || kill -0 "$owner" 2>/dev/null; then sleep 1; else rm -rf "$launch/lock"; fi
    done
    trap 'rm -rf "$launch/lock"; exit 130' INT TERM
    trap 'rm -rf "$launch/lock"' EXIT
    echo $$ >"$launch/lock/pid"
}

# A program that runs keeps the files it has open: all that is new is moved into place. The key comes last; it bears the time
# at which the build began, so that what changed meanwhile counts as newer.
build() {
    if [ -f "$launch/gesso.jar" ]; then
        say "Building Gesso …"
    else
        say "Building Gesso for the first time; Maven fetches what it needs, which takes a few minutes …"
    fi
    rm -f "$launch/key"
    build_key >"$launch/key.new"
    (cd "$home" && maven -q -Dmaven.test.skip=true -Dspotless.check.skip=true ${GESSO_MAVEN_ARGS:-} package) \
        >"$launch/build.log" 2>&1 || {
        cat "$launch/build.log" >&2
        fail "The build failed; the lines above say why."
    }
    split_classpath
    unpack_runtime
    cp "$home/target/gesso.jar" "$launch/gesso.jar.new"
    mv "$launch/gesso.jar.new" "$launch/gesso.jar"
    rm -f "$launch"/*.jsa
    mv "$launch/key.new" "$launch/key"
}

# Maven's one class path in three: for every start (classpath), for the studio alone (uipath), JavaFX's modules (modulepath).
split_classpath() {
    every= ui= modules=
    IFS=:
    for jar in $(cat "$home/target/classpath.txt"); do
        case ${jar##*/} in
            javafx-*) modules=$modules:$jar ;;
            atlantafx-* | ikonli-*) ui=$ui:$jar ;;
            *) every=$every:$jar ;;
        esac
    done
    unset IFS
    printf '%s\n' "${every#:}" >"$launch/classpath"
    printf '%s\n' "${ui#:}" >"$launch/uipath"
    printf '%s\n' "${modules#:}" >"$launch/modulepath"
}

# ONNX Runtime unpacks its libraries at every start unless they lie unpacked: 0.1 s on a CPU, 3.5 s with CUDA's.
unpack_runtime() {
    runtime=$(tr : '\n' <"$launch/classpath" | grep '/onnxruntime[^/]*\.jar$') || return 0
    case $(uname) in Darwin) system=osx ;; *) system=linux ;; esac
    case $(uname -m) in arm64 | aarch64) system=$system-aarch64 ;; *) system=$system-x64 ;; esac
    rm -rf "$launch/unpack" "$launch/native.old"
    mkdir -p "$launch/unpack"
    (cd "$launch/unpack" && "$java_home/bin/jar" xf "$runtime" "ai/onnxruntime/native/$system") || return 0
    [ ! -d "$launch/native" ] || mv "$launch/native" "$launch/native.old"
    mv "$launch/unpack/ai/onnxruntime/native/$system" "$launch/native"
    rm -rf "$launch/unpack" "$launch/native.old"
}
