// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/stepkinds.h>

#include <evidence/evidence.h>
#include <evidence/glob.h>
#include <evidence/pipelines/commandwords.h>
#include <evidence/pipelines/githubtext.h>

#include <QMultiHash>

#include <algorithm>

namespace tenken {

namespace {

struct Row {
    QList<QStringList> words; ///< alternatives per word
    QStringList needs, unless, failsWith, neverFails;
    unsigned kinds = 0;
};

QStringList alternatives(const char *text)
{
    return QString::fromLatin1(text).split(u'|', Qt::SkipEmptyParts);
}

const std::vector<Row> &rows()
{
    static const std::vector<Row> all = [] {
        std::vector<Row> rows;
        for (const CommandRow &given : commandTable()) {
            Row row{{}, alternatives(given.needs), alternatives(given.unless), alternatives(given.failsWith),
                    alternatives(given.neverFails), given.kinds};
            for (const QString &word : QString::fromLatin1(given.words).split(u' ', Qt::SkipEmptyParts))
                row.words.append(word == u"||" ? QStringList{word} : word.split(u'|', Qt::SkipEmptyParts));
            rows.push_back(std::move(row));
        }
        return rows;
    }();
    return all;
}

bool fits(const QString &word, const QStringList &alternatives)
{
    return std::ranges::any_of(alternatives, [&](const QString &a) {
        return a == word || (a.contains(u'*') && matchesGlob(word, a));
    });
}

/// Lines by program; programs written with `*` under an empty name.
std::vector<const Row *> rowsFor(const QString &program)
{
    static const QMultiHash<QString, const Row *> index = [] {
        QMultiHash<QString, const Row *> index;
        for (const Row &row : rows()) {
            for (const QString &name : row.words.first())
                index.insert(name.contains(u'*') ? QString() : name, &row);
        }
        return index;
    }();
    std::vector<const Row *> found;
    for (const QString &key : {program, QString()}) {
        for (const Row *row : index.values(key)) {
            if (!key.isEmpty() || fits(program, row->words.first()))
                found.push_back(row);
        }
    }
    return found;
}

/// The option among the words, alone, as `--option=value`, or as a part of a value (`type=registry`).
std::optional<QString> optionValue(const QStringList &words, const QString &option)
{
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QString &word = words[i];
        if (word == option) {
            const QString next = words.value(i + 1);
            return next.startsWith(u'-') ? QString() : next;
        }
        if (word.startsWith(option + u'='))
            return word.sliced(option.size() + 1);
        if (!option.startsWith(u'-') && word.contains(option))
            return QString();
    }
    return {};
}

bool hasOption(const QStringList &words, const QStringList &options)
{
    return std::ranges::any_of(options, [&](const QString &option) {
        const auto value = optionValue(words, option);
        return value && *value != u"false";
    });
}

bool matchesRow(const Row &row, const QStringList &words)
{
    qsizetype next = 1;
    for (const QString &word : words.mid(1)) {
        if (next < row.words.size() && !word.startsWith(u'-') && fits(word, row.words[next]))
            ++next;
    }
    return next == row.words.size() && (row.needs.isEmpty() || hasOption(words, row.needs)) && !hasOption(words, row.unless);
}

/// Words as the table has them: tasks of Gradle without their project, without what `-x` takes out.
QStringList normalised(QStringList words)
{
    words[0] = programName(words[0]);
    if (words[0] == u"gradlew" || words[0] == u"gradle") {
        QStringList excluded;
        for (qsizetype i = 1; i + 1 < words.size(); ++i) {
            if (words[i] == u"-x" || words[i] == u"--exclude-task") {
                excluded.append(words.takeAt(i + 1).section(u':', -1));
                words.removeAt(i--);
            }
        }
        for (QString &word : words)
            word = word.startsWith(u'-') ? word : word.section(u':', -1);
        if (excluded.contains(QStringLiteral("test"))) // `build -x test` still is a build, without tests
            words.removeIf([](const QString &w) { return w == u"build" || w == u"check" || w == u"test"; });
        if (excluded.contains(QStringLiteral("check")))
            words.removeAll(QStringLiteral("build"));
    }
    if (words[0].startsWith(u"golangci-lint") || words[0].startsWith(u"kube-linter"))
        words[0] = words[0].section(u'@', 0, 0);
    return words;
}

struct Purpose {
    bool known = false;
    std::vector<FoundStep> found; ///< without place
};

void judgeFailure(const Row &row, const QStringList &words, FoundStep &step)
{
    for (const QString &option : row.neverFails) {
        if (hasOption(words, {option})) {
            step.canFail = Tri::No;
            step.lacks = option;
        }
    }
    if (row.failsWith.isEmpty())
        return;
    const bool can = std::ranges::any_of(row.failsWith, [&](const QString &option) {
        const auto value = optionValue(words, option);
        return value && *value != u"0" && *value != u"false" && *value != u"none";
    });
    if (!can) {
        step.canFail = Tri::No;
        step.lacks = row.failsWith.first() == u"never" ? QString() : row.failsWith.first();
    }
}

bool tellsSlack(const QStringList &words)
{
    static const QStringList programs{QStringLiteral("curl"), QStringLiteral("wget"), QStringLiteral("http"), QStringLiteral("xh")};
    if (!programs.contains(words[0]))
        return false;
    return std::ranges::any_of(words, [](const QString &w) {
        return w.contains(u"hooks.slack.com") || w.contains(u"slack.com/api/chat.postMessage")
            || (w.contains(u"slack", Qt::CaseInsensitive) && w.contains(u'$')
                && (w.contains(u"webhook", Qt::CaseInsensitive) || w.contains(u"url", Qt::CaseInsensitive)));
    });
}

/// A program that runs a file of its own language: nothing of it can be seen.
bool runsProgramText(const QStringList &words)
{
    static const QStringList languages{QStringLiteral("node"), QStringLiteral("python"), QStringLiteral("python3"),
                                       QStringLiteral("ruby"), QStringLiteral("perl"), QStringLiteral("php"),
                                       QStringLiteral("java"), QStringLiteral("ts-node"), QStringLiteral("tsx"),
                                       QStringLiteral("bash"), QStringLiteral("sh"), QStringLiteral("eval"),
                                       QStringLiteral("pwsh"), QStringLiteral("zsh")};
    return languages.contains(words[0]);
}

bool isInline(const QStringList &words)
{
    static const QStringList flags{QStringLiteral("-c"), QStringLiteral("-e"), QStringLiteral("-p"), QStringLiteral("-V"),
                                   QStringLiteral("-v"), QStringLiteral("--version"), QStringLiteral("-")};
    return words.size() > 1 && flags.contains(words[1]);
}

Purpose purposeOf(const QStringList &given)
{
    QStringList inner = innerCommand(given).words;
    if (inner.isEmpty())
        return {true, {}};
    Purpose purpose;
    if (const auto scripts = packageScripts(inner)) {
        inner = QStringList{QStringLiteral("npm")} + scripts->names;
        purpose.known = true;
    }
    const QStringList words = normalised(inner);
    for (const Row *row : rowsFor(words[0])) {
        if (!matchesRow(*row, words))
            continue;
        purpose.known = true;
        if (!row->kinds)
            continue;
        FoundStep step;
        step.kinds = row->kinds;
        judgeFailure(*row, words, step);
        purpose.found.push_back(std::move(step));
    }
    if (tellsSlack(words)) {
        FoundStep step;
        step.kinds = TellsSlack;
        purpose.found.push_back(std::move(step));
    }
    if (runsProgramText(words) && isInline(words))
        purpose.known = true;
    purpose.known = purpose.known || !purpose.found.empty();
    return purpose;
}

class Finder
{
public:
    explicit Finder(const Pipeline &pipeline) { m_result.pipeline = &pipeline; }

    PipelineSteps find()
    {
        const Pipeline &pipeline = *m_result.pipeline;
        for (const QString &name : pipeline.opaque)
            m_result.opaque.push_back({{}, name, pipeline.file, {1, 1, 1, 2}});
        for (size_t j = 0; j < pipeline.jobs.size(); ++j) {
            const PipelineJob &job = pipeline.jobs[j];
            for (const QString &name : job.opaque)
                m_result.opaque.push_back({j, name, job.file, job.span});
            for (size_t s = 0; s < job.steps.size(); ++s)
                step({j, s, {}}, job.steps[s]);
        }
        return std::move(m_result);
    }

private:
    void step(const StepRef &ref, const PipelineStep &step)
    {
        for (const QString &name : step.opaque)
            m_result.opaque.push_back({ref.job, name, step.file, step.span});
        if (!step.uses.isEmpty())
            action(ref, step);
        if (step.script)
            node(ref, step, step.script->root);
    }

    void add(const StepRef &ref, FoundStep found, const QString &what, const QString &file, const Span &span)
    {
        found.ref = ref;
        found.what = what;
        found.file = file;
        found.span = span;
        m_result.found.push_back(std::move(found));
    }

    void node(StepRef ref, const PipelineStep &step, const ShellNode &n)
    {
        if (n.kind != ShellNode::Kind::Command) {
            for (const ShellNode &child : n.children)
                node(ref, step, child);
            return;
        }
        const ShellCommand &command = step.script->commands[n.command];
        ref.command = n.command;
        Purpose purpose = purposeOf(command.words);
        const bool followed = !n.children.empty();
        if (followed) { // judged by what it runs
            for (const ShellNode &child : n.children)
                node(ref, step, child);
            return;
        }
        for (FoundStep &found : purpose.found) {
            found.byName = isScript(command.words);
            if (found.kinds == ScansImage && found.canFail == Tri::No && command.words.value(0).endsWith(u"trivy")
                && step.env.value(QStringLiteral("TRIVY_EXIT_CODE"), QStringLiteral("0")) != u"0")
                found.canFail = Tri::Yes;
            add(ref, std::move(found), shortened(command.text), command.file, command.span);
        }
        if (!purpose.known) {
            const QStringList words = innerCommand(command.words).words;
            if (!words.value(0).contains(u'/')) // paths were named when they were looked for
                m_result.opaque.push_back({ref.job, shortened(words.mid(0, 2).join(u' ')), command.file, command.span});
        }
    }

    static bool isScript(const QStringList &words)
    {
        static const QStringList programs{QStringLiteral("make"), QStringLiteral("gmake"), QStringLiteral("just"),
                                          QStringLiteral("task"), QStringLiteral("rake")};
        const QStringList inner = innerCommand(words).words;
        return packageScripts(inner) || programs.contains(programName(inner.value(0)));
    }

    static QString shortened(const QString &text)
    {
        const QString line = maskSecrets(text);
        return line.size() > 80 ? line.left(79) + u'…' : line;
    }

    void action(const StepRef &ref, const PipelineStep &step)
    {
        if (step.uses.startsWith(u"docker://"))
            return image(ref, step);
        const QString name = step.uses.section(u'@', 0, 0).toLower();
        const auto table = actionTable();
        const auto row = std::ranges::find_if(table, [&](const ActionRow &r) {
            const QLatin1StringView pattern(r.name);
            return pattern.endsWith(u'*') ? name.startsWith(pattern.chopped(1)) : name == pattern;
        });
        if (row == table.end()) {
            if (!step.uses.startsWith(u"./")) // those were named when they were looked for
                m_result.opaque.push_back({ref.job, step.uses, step.file, step.span});
            return;
        }
        FoundStep found;
        found.kinds = kindsOf(*row, step, name);
        if (!found.kinds)
            return;
        if (*row->pushInput)
            found.pushes = pushesWhen(step, QString::fromLatin1(row->pushInput));
        judgeInputs(*row, step, found);
        add(ref, std::move(found), step.uses, step.file, step.span);
    }

    void image(const StepRef &ref, const PipelineStep &step)
    {
        QString name = step.uses.section(u'/', -1).section(u':', 0, 0).section(u'@', 0, 0);
        const QStringList words = QStringList{name} + step.inputs.value(QStringLiteral("args")).value.split(u' ', Qt::SkipEmptyParts);
        Purpose purpose = purposeOf(words);
        for (FoundStep &found : purpose.found)
            add(ref, std::move(found), step.uses, step.file, step.span);
        if (!purpose.known)
            m_result.opaque.push_back({ref.job, step.uses, step.file, step.span});
    }

    static QString input(const PipelineStep &step, const char *name)
    {
        return step.inputs.value(QString::fromLatin1(name)).value.trimmed();
    }

    static unsigned kindsOf(const ActionRow &row, const PipelineStep &step, const QString &name)
    {
        if (name == u"aquasecurity/trivy-action") {
            const QString type = input(step, "scan-type");
            return type.isEmpty() || type == u"image" ? row.kinds : 0;
        }
        if (name == u"anchore/scan-action")
            return input(step, "image").isEmpty() ? 0 : row.kinds;
        if (name == u"actions-rust-lang/rustfmt")
            return Lints;
        return row.kinds;
    }

    static Expr pushesWhen(const PipelineStep &step, const QString &inputName)
    {
        const QString outputs = input(step, "outputs") + input(step, "set");
        if (outputs.contains(u"type=registry") || outputs.contains(u"push=true"))
            return Expr::literal(true);
        const QString written = step.inputs.value(inputName).value.trimmed();
        return written.isEmpty() ? Expr::literal(false) : githubCondition(written, {});
    }

    static void judgeInputs(const ActionRow &row, const PipelineStep &step, FoundStep &found)
    {
        const auto isTrue = [](const QString &v) { return !v.isEmpty() && v != u"false" && v != u"0" && v != u"none"; };
        if (*row.neverFailsWith) {
            const QString name = QString::fromLatin1(row.neverFailsWith);
            const QString value = input(step, row.neverFailsWith) + step.env.value(name);
            if (isTrue(value)) {
                found.canFail = value.contains(u"${{") ? Tri::Maybe : Tri::No;
                found.lacks = name;
                found.lacksSpan = step.inputs.value(name).span;
            }
        }
        if (found.kinds == ScansImage && input(step, "command") == u"monitor")
            found.canFail = Tri::No;
        if (!*row.failInput)
            return;
        const QString name = QString::fromLatin1(row.failInput);
        QString value = input(step, row.failInput);
        if (value.isEmpty())
            value = step.env.value(QStringLiteral("TRIVY_EXIT_CODE"), QString::fromLatin1(row.failDefault));
        found.canFail = value.contains(u"${{") ? Tri::Maybe : tri(isTrue(value));
        if (found.canFail != Tri::Yes) {
            found.lacks = name;
            found.lacksSpan = step.inputs.value(name).span;
        }
    }

    PipelineSteps m_result;
};

} // namespace

std::vector<const FoundStep *> PipelineSteps::of(unsigned kind) const
{
    std::vector<const FoundStep *> some;
    for (const FoundStep &step : found) {
        if (step.kinds & kind)
            some.push_back(&step);
    }
    return some;
}

PipelineSteps findSteps(const Pipeline &pipeline)
{
    return Finder(pipeline).find();
}

} // namespace tenken
