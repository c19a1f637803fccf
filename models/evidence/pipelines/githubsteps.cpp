// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/githubsteps.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr int deepestAction = 10;
constexpr size_t mostSteps = 2000;

Expr conjunction(Expr a, Expr b)
{
    if (a.op == Expr::Op::Literal && a.value.truth)
        return b;
    return Expr::join(Expr::Op::And, std::move(a), std::move(b));
}

/// How the runner calls the shell: unset is `bash -e`, `bash` adds pipefail, a template says it itself.
ShellOptions optionsOf(const QString &shell)
{
    if (shell == u"bash")
        return {true, true};
    if (shell.isEmpty() || shell == u"sh")
        return {true, false};
    ShellOptions options;
    for (const QString &word : shell.split(u' ', Qt::SkipEmptyParts)) {
        options.errexit |= word.startsWith(u'-') && !word.startsWith(u"--") && word.contains(u'e');
        options.pipefail |= word == u"pipefail";
    }
    return options;
}

bool isShell(const QString &shell)
{
    static const QStringList known{QStringLiteral("bash"), QStringLiteral("sh"), QStringLiteral("pwsh"),
                                   QStringLiteral("powershell"), QStringLiteral("cmd"), QStringLiteral("zsh")};
    return shell.isEmpty() || known.contains(programName(shell.section(u' ', 0, 0)));
}

class StepReader
{
public:
    StepReader(const GithubScope &scope, const PipelineSources &sources, int depth)
        : m_scope(scope)
        , m_sources(sources)
        , m_depth(depth)
    {
    }

    void add(Yaml nodes, std::vector<PipelineStep> &steps, bool aside = false)
    {
        for (const Yaml node : nodes.items()) {
            if (steps.size() >= mostSteps)
                return;
            if (node["parallel"].isSequence()) {
                add(node["parallel"], steps, true);
                continue;
            }
            if (!node.isMap()) {
                m_sources.report(m_scope.file->name(), node, {"ステップが組になっていません", "a step is no map"});
                continue;
            }
            addStep(node, steps, aside);
        }
    }

private:
    void addStep(Yaml node, std::vector<PipelineStep> &steps, bool aside)
    {
        GithubScope scope = m_scope;
        addValues(scope, QStringLiteral("env."), node["env"]);
        PipelineStep step;
        step.file = scope.file->name();
        step.id = node["id"].string();
        step.name = withValues(node["name"].string(), scope.values);
        step.condition = conjunction(scope.condition, githubIf(node["if"], scope.values));
        step.conditionText = node["if"].string();
        step.conditionSpan = node["if"].entrySpan();
        step.continueOnError = Expr::join(
            Expr::Op::Or, scope.continueOnError,
            githubCondition(node["continue-on-error"].stringOr(QStringLiteral("false")), scope.values));
        // The failure of what runs beside counts only where it is waited for.
        if (aside || node["background"].boolean().value_or(false))
            step.continueOnError = {Expr::Op::Unknown, {}, {}, {}};
        step.continueSpan = node["continue-on-error"].entrySpan();
        for (const auto &[key, value] : node["env"].entries())
            step.env.insert(key.string(), withValues(value.string(), scope.values));
        if (node["uses"].isScalar())
            addUse(node, std::move(step), scope, steps);
        else if (node["run"].isScalar())
            addRun(node, std::move(step), scope, steps);
        else if (!node["wait"].exists() && !node["wait-all"].exists())
            m_sources.report(scope.file->name(), node, {"ステップに `run` も `uses` もありません", "a step has neither `run` nor `uses`"});
    }

    void addRun(Yaml node, PipelineStep step, const GithubScope &scope, std::vector<PipelineStep> &steps) const
    {
        const QString shell = node["shell"].stringOr(scope.shell);
        const QString folder = withValues(node["working-directory"].stringOr(scope.folder), scope.values);
        step.span = node["run"].entrySpan();
        if (!isShell(shell)) {
            step.opaque.append(shell.section(u' ', 0, 0) + QStringLiteral(" (run)"));
        } else {
            QMap<QString, QString> variables;
            for (const auto &[name, value] : scope.values.asKeyValueRange()) {
                if (name.startsWith(u"env.") && !value.contains(u"${{"))
                    variables.insert(name.sliced(4), value);
            }
            const ShellSource source = shellSource(withValues(node["run"].string(), scope.values), node["run"], *scope.file);
            step.script = readScript({source}, optionsOf(shell), variables, followIn(m_sources, pathBelow({}, folder)));
            step.opaque.append(step.script->opaque);
        }
        steps.push_back(std::move(step));
    }

    void addUse(Yaml node, PipelineStep step, const GithubScope &scope, std::vector<PipelineStep> &steps) const
    {
        step.uses = withValues(node["uses"].string(), scope.values);
        step.span = node["uses"].entrySpan();
        for (const auto &[key, value] : node["with"].entries())
            step.inputs.insert(key.string(), {withValues(value.string(), scope.values), value.entrySpan()});
        if (step.uses.startsWith(u"docker/build-push-action@")) { // it belongs to the evidence
            const QString context = step.inputs.value(QStringLiteral("context"), {QStringLiteral("."), {}}).value;
            const QString file = step.inputs.value(QStringLiteral("file")).value;
            m_sources.file(file.isEmpty() ? pathBelow(context, QStringLiteral("Dockerfile")) : pathBelow({}, file));
        }
        const bool isLocal = step.uses.startsWith(u"./");
        const RepositoryFile *file = isLocal ? actionFile(pathBelow({}, step.uses)) : nullptr;
        const Yaml action = file && file->yaml && !file->yaml->documents().empty() ? file->yaml->documents().front() : Yaml();
        const bool composite = action["runs"]["using"].text() == "composite" && m_depth < deepestAction;
        if (isLocal && !composite)
            step.opaque.append(step.uses);
        if (!composite)
            return steps.push_back(std::move(step));
        GithubScope own;
        own.file = file->yaml.get();
        own.folder = scope.folder;
        own.condition = step.condition;
        own.continueOnError = step.continueOnError;
        for (const auto &[name, value] : scope.values.asKeyValueRange()) {
            if (name.startsWith(u"env."))
                own.values.insert(name, value);
        }
        addInputs(own, action["inputs"], node["with"], scope.values);
        std::vector<PipelineStep> inner = readGithubSteps(action["runs"]["steps"], own, m_sources, m_depth + 1);
        std::ranges::move(inner, std::back_inserter(steps));
    }

    const RepositoryFile *actionFile(const QString &folder) const
    {
        for (const char *name : {"action.yml", "action.yaml"}) {
            if (const RepositoryFile *file = folder.isEmpty() ? nullptr : m_sources.file(pathBelow(folder, QString::fromLatin1(name))))
                return file;
        }
        return nullptr;
    }

    const GithubScope &m_scope;
    const PipelineSources &m_sources;
    int m_depth;
};

} // namespace

void addValues(GithubScope &scope, const QString &context, Yaml map)
{
    for (const auto &[key, value] : map.entries())
        scope.values.insert(context + key.string(), withValues(value.string(), scope.values));
}

void addInputs(GithubScope &scope, Yaml declared, Yaml with, const GithubValues &callerValues)
{
    for (const auto &[key, input] : declared.entries()) {
        const Yaml fallback = input["default"];
        if (fallback.isScalar())
            scope.values.insert(QStringLiteral("inputs.") + key.string(), fallback.string());
        else if (!input["required"].boolean().value_or(false))
            scope.values.insert(QStringLiteral("inputs.") + key.string(), QString());
    }
    for (const auto &[key, value] : with.entries())
        scope.values.insert(QStringLiteral("inputs.") + key.string(), withValues(value.string(), callerValues));
}

void takeDefaults(GithubScope &scope, Yaml run)
{
    scope.shell = run["shell"].stringOr(scope.shell);
    scope.folder = run["working-directory"].stringOr(scope.folder);
}

std::vector<PipelineStep> readGithubSteps(Yaml nodes, const GithubScope &scope, const PipelineSources &sources, int depth)
{
    std::vector<PipelineStep> steps;
    StepReader(scope, sources, depth).add(nodes, steps);
    return steps;
}

} // namespace tenken
