// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/stepkinds.h>

#include <analysis/commandpurpose.h>
#include <evidence/evidence.h>
#include <evidence/pipelines/commandwords.h>
#include <evidence/pipelines/githubtext.h>

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
