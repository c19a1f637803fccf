// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/stepkinds.h>

#include <analysis/commandpurpose.h>
#include <evidence/evidence.h>
#include <evidence/pipelines/commandwords.h>
#include <evidence/pipelines/githubtext.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken {

namespace {

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
            if (found.kinds == ScansImage && found.canFail == Tri::No && command.words.value(0).endsWith(u"trivy"))
                found.canFail = trivyFails(step, n.command);
            const bool caught = command.via == u"$( )"; // what comes after reads what it has found
            if (found.kinds == ScansImage && found.canFail == Tri::No && caught)
                found.canFail = Tri::Maybe;
            add(ref, std::move(found), shortened(command.text), command.file, command.span);
        }
        static const QRegularExpression checks(QStringLiteral("--target[= ]\\S*(test|lint|check)"));
        if (checks.match(command.text).hasMatch() && command.text.contains(u"build")) // a stage of the Dockerfile
            m_result.opaque.push_back({ref.job, shortened(command.text), command.file, command.span});
        if (!purpose.known) {
            const QStringList words = innerCommand(command.words).words;
            if (!words.value(0).contains(u'/')) // paths were named when they were looked for
                m_result.opaque.push_back({ref.job, shortened(words.mid(0, 2).join(u' ')), command.file, command.span});
        }
    }

    /// By its environment, as the step or a command before has set it, or as a file says that is not looked for.
    static Tri trivyFails(const PipelineStep &step, size_t index)
    {
        static const QRegularExpression form(QStringLiteral("(?:^|\\s)TRIVY_EXIT_CODE=[\"']?([^\\s\"']*)"));
        QString code = step.env.value(QStringLiteral("TRIVY_EXIT_CODE"));
        for (size_t c = 0; c <= index; ++c) {
            const ShellCommand &command = step.script->commands[c];
            const bool sets = c == index || command.words.value(0) == u"export";
            if (const auto match = form.match(command.text); sets && match.hasMatch())
                code = match.captured(1);
        }
        const QStringList &words = step.script->commands[index].words;
        const bool configured = std::ranges::any_of(words, [](const QString &w) { return w == u"-c" || w.startsWith(u"--config"); });
        if (code.contains(u'$') || (code.isEmpty() && configured))
            return Tri::Maybe;
        return tri(!code.isEmpty() && code != u"0");
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
            found.when = pushesWhen(step, QString::fromLatin1(row->pushInput));
        judgeInputs(*row, step, found);
        if (name == u"slack/notify")
            found.when = slackBranches(input(step, "branch_pattern"));
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
            const QString asked = input(step, "scanners") + input(step, "security-checks") + step.env.value(QStringLiteral("TRIVY_SCANNERS"));
            const bool vulnerabilities = asked.isEmpty() || asked.contains(u"vuln") || asked.contains(u"${{");
            return (type.isEmpty() || type == u"image") && vulnerabilities ? row.kinds : 0;
        }
        if (name.startsWith(u"aws-actions/vulnerability-scan"))
            return input(step, "artifact_type") == u"container" ? row.kinds : 0;
        if (name == u"anchore/scan-action")
            return input(step, "image").isEmpty() ? 0 : row.kinds;
        if (name == u"actions-rust-lang/rustfmt")
            return Lints;
        return row.kinds;
    }

    /// The orb tells on branches that one of these patterns fits as a whole; by default on all.
    static Expr slackBranches(const QString &patterns)
    {
        if (patterns.isEmpty())
            return Expr::literal(true);
        const Expr branch{Expr::Op::Name, {}, QStringLiteral("branch"), {}};
        Expr any = Expr::literal(false);
        for (const QString &pattern : patterns.split(u','))
            any = Expr::join(Expr::Op::Or, std::move(any), Expr{Expr::Op::Match, {}, QStringLiteral("^(?:%1)$").arg(pattern.trimmed()), {branch}});
        return any;
    }

    static Expr pushesWhen(const PipelineStep &step, const QString &inputName)
    {
        const QString outputs = input(step, "outputs") + input(step, "set");
        if (outputs.contains(u"type=registry") || outputs.contains(u"push=true"))
            return Expr::literal(true);
        const QString written = step.inputs.value(inputName.section(u'=', 0, 0)).value.trimmed();
        return written.isEmpty() ? Expr::literal(inputName.endsWith(u"=true")) : githubCondition(written, {});
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
        const QString name0 = step.uses.section(u'@', 0, 0).toLower();
        if (name0 == u"docker/scout-action" && input(step, "command").contains(u"compare") && !input(step, "exit-on").isEmpty())
            found.canFail = input(step, "exit-on").contains(u"${{") ? Tri::Maybe : Tri::Yes;
        if (name0 == u"aquasecurity/trivy-action" && input(step, row.failInput).isEmpty() && !input(step, "trivy-config").isEmpty())
            found.canFail = std::max(found.canFail, Tri::Maybe); // the file may say so
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

const FoundStep *PipelineSteps::idleOf(unsigned kind) const
{
    const auto step = std::ranges::find_if(idle, [kind](const FoundStep &s) { return s.kinds & kind; });
    return step == idle.end() ? nullptr : &*step;
}

PipelineSteps findSteps(const Pipeline &pipeline)
{
    PipelineSteps steps = Finder(pipeline).find();
    setIdleAside(steps);
    return steps;
}

} // namespace tenken
