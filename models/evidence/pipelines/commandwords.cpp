// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/commandwords.h>

#include <evidence/pipelines/shell.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

/// What stands before a command, and its options that take a value.
struct Wrapper {
    const char *words;
    const char *valueOptions = "";
    int operands = 0;       ///< words of its own before the command: `timeout 60`
};

constexpr Wrapper wrappers[] = {
    {"sudo", "-u -g"}, {"env", "-u -C"}, {"time"}, {"nice", "-n"}, {"nohup"}, {"exec"}, {"command"}, {"xvfb-run", "-s"},
    {"timeout", "-k -s", 1}, {"retry", "-t -d"}, {"stdbuf", "-o -e -i"}, {"npx", "-p --package"}, {"bunx"}, {"pnpx"},
    {"npm exec", "-p --package"}, {"pnpm exec"}, {"pnpm dlx"}, {"yarn exec"}, {"yarn dlx"}, {"bun x"},
    {"poetry run"}, {"pipenv run"}, {"pdm run"}, {"rye run"}, {"hatch run"}, {"uv run", "--with --extra --group -p --python"},
    {"uv tool run"}, {"uvx"}, {"pipx run"}, {"bundle exec"}, {"python -m"}, {"python3 -m"}, {"dotnet tool run"},
    {"go tool"}, {"mise exec"}, {"mise x"}, {"asdf exec"}, {"direnv exec", "", 1}, {"dotenv"}, {"rtx exec"}, {"xargs"},
    {"composer exec"}, {"./vendor/bin/sail"}, {"nix develop --command"}, {"nix develop -c"}, {"nix-shell --run"},
};

bool startsWith(const QStringList &words, const QStringList &head)
{
    if (words.size() < head.size())
        return false;
    for (qsizetype i = 0; i < head.size(); ++i) {
        if ((i == 0 ? programName(words[i]) : words[i]) != head[i])
            return false;
    }
    return true;
}

bool isAssignment(const QString &word)
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*="));
    return form.match(word).hasMatch();
}

QStringList without(QStringList words, qsizetype first, const QStringList &valueOptions, int operands)
{
    while (first < words.size()) {
        if (words[first] == u"--") {
            ++first;
            break;
        }
        if (words[first].startsWith(u'-'))
            first += valueOptions.contains(words[first]) ? 2 : 1;
        else if (isAssignment(words[first]))
            ++first;
        else if (operands-- > 0)
            ++first;
        else
            break;
    }
    return words.mid(first);
}

/// What `docker run image command` and `docker compose run service command` run.
std::optional<QStringList> inContainer(const QStringList &words)
{
    static const QStringList values{
        QStringLiteral("-v"), QStringLiteral("--volume"), QStringLiteral("-w"), QStringLiteral("--workdir"),
        QStringLiteral("-e"), QStringLiteral("--env"), QStringLiteral("--env-file"), QStringLiteral("-u"),
        QStringLiteral("--user"), QStringLiteral("--name"), QStringLiteral("--network"), QStringLiteral("--net"),
        QStringLiteral("-p"), QStringLiteral("--publish"), QStringLiteral("--mount"), QStringLiteral("--platform"),
        QStringLiteral("-f"), QStringLiteral("--file"), QStringLiteral("--entrypoint"), QStringLiteral("-l"),
        QStringLiteral("--label"), QStringLiteral("--profile"), QStringLiteral("--pull"), QStringLiteral("--cpus"),
        QStringLiteral("-m"), QStringLiteral("--memory"), QStringLiteral("--add-host"), QStringLiteral("-h")};
    const QString program = words.isEmpty() ? QString() : programName(words[0]);
    const bool compose = program == u"docker-compose" || (program == u"docker" && words.value(1) == u"compose");
    if (program != u"docker" && program != u"podman" && !compose)
        return {};
    QStringList rest = without(words, compose && program == u"docker" ? 2 : 1, values, 0);
    const QString verb = rest.value(0);
    if (verb != u"run" && verb != u"exec")
        return {};
    qsizetype entry = rest.indexOf(u"--entrypoint");
    const QString entrypoint = entry >= 0 ? rest.value(entry + 1) : QString();
    rest = without(rest, 1, values, 0);
    if (rest.isEmpty())
        return {};
    QString image = rest.takeFirst().section(u'@', 0, 0);
    image = image.sliced(image.lastIndexOf(u'/') + 1).section(u':', 0, 0);
    if (!entrypoint.isEmpty())
        rest.prepend(entrypoint);
    else if (!compose && verb == u"run") {
        // An image of a tool runs the tool, whether or not its name is said again.
        static const QStringList tools{
            QStringLiteral("trivy"), QStringLiteral("grype"), QStringLiteral("hadolint"), QStringLiteral("golangci-lint"),
            QStringLiteral("shellcheck"), QStringLiteral("yamllint"), QStringLiteral("dockle"), QStringLiteral("kaniko"),
            QStringLiteral("executor"), QStringLiteral("actionlint"), QStringLiteral("kubeconform"), QStringLiteral("clair-scanner")};
        if (tools.contains(image) && rest.value(0) != image)
            rest.prepend(image);
    }
    return rest;
}

/// What `find -exec` runs, and whether its failure counts: with `+` it does, with `;` it does not.
void takeExec(InnerCommand &inner)
{
    if (inner.words.isEmpty() || programName(inner.words[0]) != u"find")
        return;
    for (qsizetype i = 1; i < inner.words.size(); ++i) {
        if (inner.words[i] != u"-exec" && inner.words[i] != u"-execdir")
            continue;
        const QStringList rest = inner.words.mid(i + 1);
        const auto end = std::ranges::find_if(rest, [](const QString &w) { return w == u";" || w == u"+"; });
        inner.ignoresFailure = end == rest.end() || *end == u";";
        inner.words = rest.first(end - rest.begin());
        return;
    }
}

} // namespace

InnerCommand innerCommand(const QStringList &given)
{
    InnerCommand inner{given, false, false};
    for (int round = 0; round < 6 && !inner.words.isEmpty(); ++round) {
        const qsizetype before = inner.words.size();
        if (inner.words[0] == u"command" && (inner.words.value(1) == u"-v" || inner.words.value(1) == u"-V"))
            break; // looks for a program
        takeExec(inner);
        for (const Wrapper &wrapper : wrappers) {
            const QStringList head = QString::fromLatin1(wrapper.words).split(u' ');
            if (startsWith(inner.words, head) && inner.words.size() > head.size())
                inner.words = without(inner.words, head.size(), QString::fromLatin1(wrapper.valueOptions).split(u' '),
                                      wrapper.operands);
        }
        if (const auto contained = inContainer(inner.words)) {
            inner.words = *contained;
            inner.inContainer = true;
        }
        if (inner.words.size() == before)
            break;
    }
    return inner;
}

namespace {

/// What yarn and pnpm do themselves.
bool isOwnVerb(const QString &verb)
{
    static const QStringList verbs{
        QStringLiteral("install"), QStringLiteral("i"), QStringLiteral("ci"), QStringLiteral("add"), QStringLiteral("remove"), QStringLiteral("rm"),
        QStringLiteral("up"), QStringLiteral("update"), QStringLiteral("upgrade"), QStringLiteral("config"), QStringLiteral("set"),
        QStringLiteral("cache"), QStringLiteral("store"), QStringLiteral("fetch"), QStringLiteral("link"), QStringLiteral("unlink"),
        QStringLiteral("import"), QStringLiteral("dedupe"), QStringLiteral("prune"), QStringLiteral("rebuild"), QStringLiteral("audit"),
        QStringLiteral("outdated"), QStringLiteral("list"), QStringLiteral("ls"), QStringLiteral("why"), QStringLiteral("info"),
        QStringLiteral("licenses"), QStringLiteral("global"), QStringLiteral("pack"), QStringLiteral("publish"), QStringLiteral("login"),
        QStringLiteral("logout"), QStringLiteral("init"), QStringLiteral("create"), QStringLiteral("env"), QStringLiteral("setup"),
        QStringLiteral("version"), QStringLiteral("versions"), QStringLiteral("plugin"), QStringLiteral("policies"), QStringLiteral("patch"),
        QStringLiteral("node"), QStringLiteral("npm"), QStringLiteral("run"), QStringLiteral("exec"), QStringLiteral("dlx"), QStringLiteral("constraints")};
    return verbs.contains(verb);
}

} // namespace

std::optional<PackageScripts> packageScripts(const QStringList &words)
{
    PackageScripts asked;
    asked.program = words.isEmpty() ? QString() : programName(words[0]);
    if (asked.program == u"run-s" || asked.program == u"run-p" || asked.program == u"npm-run-all") {
        for (const QString &w : words.mid(1)) {
            if (!w.startsWith(u'-'))
                asked.names.append(w);
        }
        asked.program = QStringLiteral("npm");
        return asked.names.isEmpty() ? std::nullopt : std::optional(asked);
    }
    if (asked.program != u"npm" && asked.program != u"yarn" && asked.program != u"pnpm" && asked.program != u"bun")
        return {};
    QStringList rest;
    for (qsizetype i = 1; i < words.size() && words[i] != u"--"; ++i) {
        const QString &w = words[i];
        if (w == u"--prefix" || w == u"--cwd" || w == u"-C" || w == u"--dir")
            asked.folder = words.value(++i);
        else if (w == u"-w" || w == u"--workspace" || w == u"--filter" || w == u"-F")
            asked.workspaces = ++i > 0;
        else if (w == u"-r" || w == u"--recursive" || w == u"--workspaces" || w == u"-ws" || w.startsWith(u"--filter=")
                 || w.startsWith(u"--workspace="))
            asked.workspaces = true;
        else if (w.startsWith(u"--prefix=") || w.startsWith(u"--cwd="))
            asked.folder = w.section(u'=', 1);
        else if (!w.startsWith(u'-'))
            rest.append(w);
    }
    if (asked.folder.startsWith(u"./"))
        asked.folder.remove(0, 2);
    const QString verb = rest.value(0);
    if ((verb == u"run" || verb == u"run-script") && rest.size() > 1)
        asked.names = {rest[1]};
    else if (verb == u"workspace" || verb == u"workspaces")
        return PackageScripts{asked.program, {}, {rest.last()}, true, true, {}};
    else if (verb == u"test" || verb == u"t" || verb == u"tst" || verb == u"start")
        asked.names = {verb == u"start" ? verb : QStringLiteral("test")};
    else if ((asked.program == u"yarn" || asked.program == u"pnpm") && !verb.isEmpty() && !isOwnVerb(verb)) {
        asked.names = {verb};
        asked.maybe = true;
        asked.words = words.mid(words.indexOf(verb, 1));
    }
    return asked.names.isEmpty() ? std::nullopt : std::optional(asked);
}

} // namespace tenken
