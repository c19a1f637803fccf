// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/commandwords.h>
#include <evidence/pipelines/makefile.h>
#include <evidence/pipelines/sources.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

using Kind = ShellNode::Kind;

ShellNode process(bool errexit)
{
    ShellNode node;
    node.kind = Kind::Process;
    node.options.errexit = errexit;
    return node;
}

/// Follows the commands of one step; knows the folder that `cd` led to.
class Follower
{
public:
    Follower(const PipelineSources &sources, const QString &folder)
        : m_sources(sources)
        , m_start(folder)
        , m_folder(folder)
    {
    }

    std::optional<ShellNode> follow(const ShellCommand &given, ShellReader &reader)
    {
        const InnerCommand inner = innerCommand(given.words);
        std::optional<ShellNode> node = inner.words.isEmpty() ? std::nullopt : follow(inner.words, given, reader);
        if (node && inner.ignoresFailure)
            node->ignored = true;
        return node;
    }

private:
    std::optional<ShellNode> follow(const QStringList &words, const ShellCommand &given, ShellReader &reader)
    {
        const QString program = programName(words[0]);
        static const QStringList shells{QStringLiteral("sh"), QStringLiteral("bash"), QStringLiteral("dash"),
                                        QStringLiteral("ash"), QStringLiteral("zsh"), QStringLiteral("ksh")};
        if (program == u"cd" || program == u"pushd" || program == u"popd") {
            enter(words);
            return {};
        }
        if (program == u"source" || words[0] == u".")
            return words.size() > 1 ? script(words[1], reader, true) : std::nullopt;
        if (shells.contains(program))
            return shell(words, given, reader);
        if (program == u"make" || program == u"gmake")
            return make(words, reader);
        if (program == u"just" || program == u"task")
            return tasks(program, words, reader);
        if (program == u"pre-commit" && words.contains(QStringLiteral("run")))
            return preCommit();
        if (const auto asked = packageScripts(words); asked)
            return package(*asked, given, reader);
        if (program == u"docker" || program == u"buildah" || program == u"gradlew" || program == u"gradle")
            noteFiles(program);
        if (words[0].contains(u'/') || words[0].endsWith(u".sh"))
            return script(words[0], reader, false);
        return {};
    }

    /// Their files are not read: a task's name says nothing where the file is there to say otherwise.
    std::optional<ShellNode> tasks(const QString &program, const QStringList &words, ShellReader &reader) const
    {
        const QStringList names = program == u"just"
            ? QStringList{QStringLiteral("justfile"), QStringLiteral("Justfile"), QStringLiteral(".justfile")}
            : QStringList{QStringLiteral("Taskfile.yml"), QStringLiteral("Taskfile.yaml"), QStringLiteral("taskfile.yml")};
        const bool isThere = std::ranges::any_of(names, [&](const QString &n) { return m_sources.file(pathBelow(m_folder, n)); });
        if (!isThere)
            return {};
        reader.addOpaque(words.mid(0, 2).join(u' '));
        return process(true);
    }

    /// Without hooks it does nothing.
    std::optional<ShellNode> preCommit() const
    {
        const RepositoryFile *file = m_sources.file(pathBelow(m_folder, QStringLiteral(".pre-commit-config.yaml")));
        if (!file || !file->yaml || file->yaml->documents().empty())
            return {};
        const Yaml repos = file->yaml->documents().front()["repos"];
        return repos.isSequence() && repos.items().empty() ? std::optional(process(true)) : std::nullopt;
    }

    void enter(const QStringList &words)
    {
        const QString to = words.value(1);
        const bool known = programName(words[0]) != u"popd" && !to.isEmpty() && !to.contains(u'$') && to != u"-"
            && !to.startsWith(u'~') && !to.startsWith(u'/');
        m_folder = known ? pathBelow(m_folder, to) : m_start;
        if (m_folder == u".")
            m_folder.clear();
    }

    /// They say what a command does that is not followed; they belong to the evidence.
    void noteFiles(const QString &program) const
    {
        if (program.startsWith(u"gradle")) {
            for (const char *name : {"build.gradle", "build.gradle.kts"})
                m_sources.file(pathBelow(m_folder, QString::fromLatin1(name)));
        } else {
            m_sources.file(pathBelow(m_folder, QStringLiteral("Dockerfile")));
        }
    }

    static ShellOptions optionsOf(const QStringList &flags)
    {
        ShellOptions options;
        for (qsizetype i = 0; i < flags.size(); ++i) {
            const QString &flag = flags[i];
            const bool isShort = flag.startsWith(u'-') && !flag.startsWith(u"--");
            options.errexit |= isShort && flag.contains(u'e');
            options.errexit |= flag == u"errexit";
            options.pipefail |= flag == u"pipefail";
        }
        return options;
    }

    std::optional<ShellNode> shell(const QStringList &words, const ShellCommand &command, ShellReader &reader)
    {
        QStringList flags;
        qsizetype i = 1;
        for (; i < words.size() && words[i].startsWith(u'-'); ++i) {
            flags.append(words[i]);
            if (words[i].endsWith(u'o') && i + 1 < words.size())
                flags.append(words[++i]);
            if (words[i].startsWith(u'-') && words[i].contains(u'c') && !words[i].startsWith(u"--")) {
                if (i + 1 >= words.size())
                    return {};
                ShellSource source{words[i + 1], command.file, command.span, 0, 0, command.via};
                return reader.read(source, optionsOf(flags));
            }
        }
        if (i >= words.size())
            return {}; // reads its standard input
        std::optional<ShellNode> node = script(words[i], reader, false);
        if (node)
            node->options = optionsOf(flags); // `sh x.sh` passes the first line over
        return node;
    }

    std::optional<ShellNode> script(const QString &path, ShellReader &reader, bool sourced)
    {
        static const QStringList wrappers{QStringLiteral("gradlew"), QStringLiteral("mvnw"), QStringLiteral("sbt")};
        if (wrappers.contains(programName(path)) || path.startsWith(u'/') || path.startsWith(u'~'))
            return {};
        if (path.contains(u'$')) {
            reader.addOpaque(path);
            return {};
        }
        const QString below = pathBelow(m_folder, path);
        const RepositoryFile *file = below.isEmpty() ? nullptr : m_sources.file(below);
        if (!file) {
            const bool installed = path.contains(u"/bin/"); // node_modules/.bin, venv/bin: programs, not scripts
            if (!installed)
                reader.addOpaque(path);
            return {};
        }
        const QString text = QString::fromUtf8(file->bytes);
        static const QRegularExpression first(QStringLiteral("^#!\\s*(\\S+)(?:[ \\t]+([^\\n]*))?"));
        const auto match = first.match(text);
        QStringList flags = match.captured(2).split(u' ', Qt::SkipEmptyParts);
        QString interpreter = programName(match.captured(1));
        if (interpreter == u"env" && !flags.isEmpty())
            interpreter = programName(flags.takeFirst());
        if ((match.hasMatch() && !interpreter.endsWith(u"sh")) || text.contains(QChar(0))) {
            reader.addOpaque(path);
            return {};
        }
        const QString outer = m_folder;
        ShellNode node = reader.read({text, file->path, {1, 1, 1, 2}, 1, 0, file->path}, optionsOf(flags));
        m_folder = outer;
        if (sourced)
            node.kind = Kind::Group;
        return node;
    }

    /// Options of one letter that take no value, together: `-ik`.
    static bool isLetters(const QString &word)
    {
        static const QRegularExpression form(QStringLiteral("^-[bBdehikLmnpqrRsStvw]+$"));
        return form.match(word).hasMatch();
    }

    static bool isDryRun(const QString &word)
    {
        static const QStringList options{QStringLiteral("--dry-run"), QStringLiteral("--just-print"), QStringLiteral("--recon"),
                                         QStringLiteral("--question"), QStringLiteral("--touch"), QStringLiteral("--version"),
                                         QStringLiteral("--help")};
        static const QRegularExpression letter(QStringLiteral("[nqtvh]"));
        return options.contains(word) || (isLetters(word) && word.contains(letter));
    }

    std::optional<ShellNode> make(const QStringList &words, ShellReader &reader)
    {
        QStringList targets;
        QMap<QString, QString> given;
        QString folder = m_folder, name;
        bool goesOn = false;
        for (qsizetype i = 1; i < words.size(); ++i) {
            const QString &w = words[i];
            if (w == u"-C" || w == u"--directory")
                folder = pathBelow(folder, words.value(++i));
            else if (w == u"-f" || w == u"--file")
                name = words.value(++i);
            else if (isDryRun(w))
                return process(true); // says what it would do
            else if (w == u"--ignore-errors" || (isLetters(w) && w.contains(u'i')))
                goesOn = true;
            else if (w == u"-j" && i + 1 < words.size() && words[i + 1].toInt() > 0)
                ++i;
            else if (w.contains(u'=') && !w.startsWith(u'-'))
                given.insert(w.section(u'=', 0, 0), w.section(u'=', 1));
            else if (!w.startsWith(u'-'))
                targets.append(w);
        }
        const RepositoryFile *file = nullptr;
        const QStringList names = name.isEmpty()
            ? QStringList{QStringLiteral("GNUmakefile"), QStringLiteral("makefile"), QStringLiteral("Makefile")}
            : QStringList{name};
        for (const QString &n : names)
            file = file ? file : m_sources.file(pathBelow(folder, n));
        if (!file)
            return {};
        Makefile makefile = readMakefile(QString::fromUtf8(file->bytes), given);
        makefile.ignoresErrors |= goesOn;
        if (targets.isEmpty())
            targets.append(makefile.first);
        ShellNode node = process(true);
        QStringList done;
        const QString outer = std::exchange(m_folder, folder);
        for (const QString &target : std::as_const(targets))
            runTarget(makefile, *file, target, reader, node, done);
        m_folder = outer;
        return node;
    }

    void runTarget(const Makefile &makefile, const RepositoryFile &file, const QString &target, ShellReader &reader,
                   ShellNode &node, QStringList &done)
    {
        if (done.contains(target) || done.size() > 200)
            return;
        done.append(target);
        const auto it = makefile.targets.constFind(target);
        if (it == makefile.targets.constEnd())
            return reader.addOpaque(QStringLiteral("make ") + target);
        for (const QString &need : it->needs) {
            if (makefile.targets.contains(need)) // else a file
                runTarget(makefile, file, need, reader, node, done);
        }
        const QString via = QStringLiteral("make ") + target;
        const bool ignored = makefile.ignoresErrors || makefile.ignored.contains(target);
        if (makefile.oneShell) {
            QString all;
            for (const MakeLine &line : it->recipe)
                all += line.text + u'\n';
            const int first = it->recipe.empty() ? 1 : it->recipe.front().line;
            node.children.push_back(reader.read({all, file.path, {first, 1, first, 2}, first, 1, via}, {}));
            node.children.back().ignored = ignored;
            return;
        }
        for (const MakeLine &line : it->recipe) {
            const QString folder = m_folder; // every line has a shell of its own
            ShellNode run = reader.read({line.text, file.path, {line.line, 1, line.line, 2}, line.line, 1, via}, {});
            run.ignored = line.ignored || ignored;
            node.children.push_back(std::move(run));
            m_folder = folder;
        }
    }

    std::optional<ShellNode> package(const PackageScripts &asked, const ShellCommand &command, ShellReader &reader)
    {
        const RepositoryFile *file = m_sources.file(pathBelow(pathBelow(m_folder, asked.folder), QStringLiteral("package.json")));
        if (!file || !file->yaml || file->yaml->documents().empty() || asked.workspaces)
            return {};
        const Yaml scripts = file->yaml->documents().front()["scripts"];
        if (asked.maybe && !asked.words.isEmpty() && !scripts[asked.names.first().toStdString()].isScalar()) {
            QString text; // no script: a program
            for (QString word : asked.words)
                text += u'\'' + word.replace(u'\'', QStringLiteral("'\\''")) + QStringLiteral("' ");
            return reader.read({text, command.file, command.span, 0, 0, command.via}, {});
        }
        ShellNode node = process(true);
        for (const QString &name : asked.names) {
            const Yaml script = scripts[name.toStdString()];
            if (!script.isScalar()) {
                if (!asked.maybe)
                    reader.addOpaque(asked.program + u' ' + name);
                continue;
            }
            for (const QString &part : {QStringLiteral("pre") + name, name, QStringLiteral("post") + name}) {
                const Yaml text = scripts[part.toStdString()];
                if (!text.isScalar())
                    continue;
                ShellSource source = shellSource(text.string(), text, *file->yaml);
                source.via = asked.program + QStringLiteral(" run ") + part;
                node.children.push_back(reader.read(source, {}));
            }
        }
        // `yarn x` that is no script is a program; a script that is missing is nothing to judge by its name.
        return node.children.empty() && asked.maybe ? std::nullopt : std::optional(std::move(node));
    }

    const PipelineSources &m_sources;
    QString m_start;
    QString m_folder;
};

} // namespace

ShellFollow followIn(const PipelineSources &sources, const QString &folder)
{
    const auto follower = std::make_shared<Follower>(sources, folder == u"." ? QString() : folder);
    return [follower](const ShellCommand &command, ShellReader &reader) { return follower->follow(command, reader); };
}

} // namespace tenken
