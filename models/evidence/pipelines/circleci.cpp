// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/circlesteps.h>

#include <algorithm>

namespace tenken {

namespace {

class CircleReader
{
public:
    CircleReader(const YamlFile &file, const PipelineSources &sources)
        : m_file(file)
        , m_sources(sources)
        , m_root(file.documents().empty() ? Yaml() : file.documents().front())
        , m_steps(file, sources)
    {
    }

    std::vector<Pipeline> read()
    {
        std::vector<Pipeline> pipelines;
        if (m_root["setup"].boolean().value_or(false)) { // goes on with a configuration made while it runs
            Pipeline p = start(QStringLiteral("setup"));
            p.opaque.append(QStringLiteral("setup: true"));
            pipelines.push_back(std::move(p));
        }
        for (const auto &[key, workflow] : m_root["workflows"].entries()) {
            if (!workflow.isMap() || pipelines.size() > 50)
                continue;
            m_pipeline = start(key.string());
            readWorkflow(workflow);
            pipelines.push_back(std::move(m_pipeline));
        }
        if (pipelines.empty() && m_root["jobs"]["build"].isMap()) {
            m_pipeline = start(QStringLiteral("build"));
            addJob(QStringLiteral("build"), m_root["jobs"]["build"], {}, {});
            setRules(0, {});
            pipelines.push_back(std::move(m_pipeline));
        }
        if (pipelines.empty())
            m_sources.report(m_file.name(), m_root, {"`workflows` がありません", "`workflows` is missing"},
                             {"`workflows:` にジョブを書いてください", "list the jobs in `workflows:`"});
        return pipelines;
    }

private:
    Pipeline start(const QString &name) const
    {
        Pipeline p;
        p.system = Pipeline::System::CircleCi;
        p.file = m_file.name();
        p.name = name;
        return p;
    }

    void readWorkflow(Yaml workflow)
    {
        std::vector<std::pair<Yaml, Yaml>> entries; // the name's node, and what is said of it
        for (const Yaml item : workflow["jobs"].items()) {
            if (item.isScalar())
                entries.emplace_back(item, Yaml());
            for (const auto &[name, body] : item.entries())
                entries.emplace_back(name, body);
        }
        for (const auto &[name, body] : entries) {
            if (m_pipeline.jobs.size() >= mostPipelineJobs)
                break;
            addEntry(name, body);
        }
        readOccasions(entries);
        for (size_t i = 0; i < m_pipeline.jobs.size(); ++i)
            addRequires(i, entries[i].second["requires"]);
        for (size_t i = 0; i < m_pipeline.jobs.size(); ++i)
            setRules(i, entries[i].second);
        if (workflow["when"].exists() || workflow["unless"].exists()) {
            for (PipelineJob &job : m_pipeline.jobs)
                job.conditionText += QStringLiteral("when");
        }
    }

    void addEntry(Yaml name, Yaml body)
    {
        const QString id = body["name"].stringOr(name.string());
        if (body["type"].text() == "approval")
            return addJob(id, {}, {}, name.span());
        const Yaml job = m_root["jobs"][name.string().toStdString()];
        if (job.isMap()) {
            addJob(id, job, circleParameters(job["parameters"], body, {}), name.span());
            m_steps.add(body["post-steps"], m_pipeline.jobs.back().steps, {}, 0);
            std::vector<PipelineStep> before;
            m_steps.add(body["pre-steps"], before, {}, 0);
            auto &steps = m_pipeline.jobs.back().steps;
            steps.insert(steps.begin(), std::make_move_iterator(before.begin()), std::make_move_iterator(before.end()));
            return;
        }
        addJob(id, {}, {}, name.span());
        if (!name.string().contains(u'/')) {
            m_sources.report(m_file.name(), name, Text{"ジョブ「%1」がありません", "there is no job “%1”"}.arg(name.string()),
                             {"`jobs:` の名前を確かめてください", "check the names in `jobs:`"});
            m_pipeline.jobs.back().opaque.append(name.string());
            return;
        }
        PipelineStep step = m_steps.use(name, body, {}); // a job of an orb: told by its name
        m_pipeline.jobs.back().steps.push_back(std::move(step));
    }

    void addJob(const QString &id, Yaml node, const CircleParameters &parameters, const Span &span)
    {
        PipelineJob job;
        job.id = id;
        job.file = m_file.name();
        job.span = node.keySpan().isValid() ? node.keySpan() : span;
        m_steps.enter(node);
        m_steps.add(node["steps"], job.steps, parameters, 0);
        m_pipeline.jobs.push_back(std::move(job));
    }

    std::optional<size_t> jobNamed(const QString &id) const
    {
        const auto found = std::ranges::find(m_pipeline.jobs, id, &PipelineJob::id);
        return found == m_pipeline.jobs.end() ? std::nullopt : std::optional(size_t(found - m_pipeline.jobs.begin()));
    }

    void addRequires(size_t index, Yaml required)
    {
        for (const Yaml item : required.items()) {
            const Yaml name = item.isMap() && item.size() == 1 ? item.entries().front().first : item;
            const auto need = jobNamed(name.string());
            PipelineJob &job = m_pipeline.jobs[index];
            if (!need) {
                m_sources.report(m_file.name(), name, Text{"`requires` のジョブ「%1」がありません", "there is no job “%1” for `requires`"}.arg(name.string()),
                                 {"ジョブの名前を確かめてください", "check the job's name"});
                job.opaque.append(name.string());
                continue;
            }
            job.needs.push_back(*need);
            job.needSpans.insert(*need, name.span());
            if (item.isMap()) // with states other than success
                m_states.insert({m_pipeline.name, index, *need}, item.entries().front().second.strings());
        }
    }

    /// Filters, and the states that are waited for.
    void setRules(size_t index, Yaml body)
    {
        PipelineJob &job = m_pipeline.jobs[index];
        PipelineRule rule;
        rule.manual = body["type"].text() == "approval";
        rule.isPart = filterCondition(body["filters"]);
        job.conditionText = body["filters"].exists() ? QString::fromUtf8(m_file.text()).section(u'\n', body["filters"].span().line - 1, body["filters"].span().endLine - 1) : QString();
        job.conditionSpan = body["filters"].keySpan();
        Expr state = Expr::call(QStringLiteral("success"));
        bool special = false;
        Expr all = Expr::literal(true);
        for (const size_t need : job.needs) {
            const QStringList states = m_states.value({m_pipeline.name, index, need}, {QStringLiteral("success")});
            special |= states != QStringList{QStringLiteral("success")};
            Expr any = Expr::literal(states.contains(QStringLiteral("terminal")));
            for (const QString &s : states) {
                const Expr result{Expr::Op::Name, {}, QStringLiteral("needs.%1.result").arg(m_pipeline.jobs[need].id), {}};
                const QString word = s == u"failed" ? QStringLiteral("failure") : s == u"not_run" ? QStringLiteral("skipped") : s;
                any = Expr::join(Expr::Op::Or, std::move(any), Expr::join(Expr::Op::Equal, result, {Expr::Op::Literal, ExprValue::of(word), {}, {}}));
            }
            all = Expr::join(Expr::Op::And, std::move(all), std::move(any));
        }
        rule.condition = Expr::join(Expr::Op::And, rule.isPart, special ? std::move(all) : std::move(state));
        job.rules = {rule};
    }

    static Expr refMatches(const char *name, Yaml patterns)
    {
        Expr any = Expr::literal(false);
        for (const QString &pattern : patterns.strings()) {
            const Expr ref{Expr::Op::Name, {}, QString::fromLatin1(name), {}};
            const bool regex = pattern.size() > 1 && pattern.startsWith(u'/') && pattern.endsWith(u'/');
            if (regex)
                any = Expr::join(Expr::Op::Or, std::move(any), Expr{Expr::Op::Match, {}, QStringLiteral("^(?:%1)$").arg(pattern.sliced(1).chopped(1)), {ref}});
            else
                any = Expr::join(Expr::Op::Or, std::move(any), Expr::join(Expr::Op::Equal, ref, {Expr::Op::Literal, ExprValue::of(pattern), {}, {}}));
        }
        return any;
    }

    /// No filter: every branch, no tag.
    static Expr filterCondition(Yaml filters)
    {
        if (filters.isScalar()) // an expression
            return {Expr::Op::Unknown, {}, {}, {}};
        const auto side = [&](const char *key, const char *name, bool byDefault) {
            const Yaml given = filters[key];
            const Expr present{Expr::Op::Name, {}, QString::fromLatin1(name), {}};
            Expr e = Expr::literal(byDefault);
            if (given["only"])
                e = refMatches(name, given["only"]);
            else if (given["ignore"])
                e = {Expr::Op::Not, {}, {}, {refMatches(name, given["ignore"])}};
            return Expr::join(Expr::Op::And, present, std::move(e));
        };
        return Expr::join(Expr::Op::Or, side("branches", "branch", true), side("tags", "tag", false));
    }

    void readOccasions(const std::vector<std::pair<Yaml, Yaml>> &entries)
    {
        const auto occasion = [&](const QString &name, const ExprValue &branch, const ExprValue &tag) {
            m_pipeline.occasions.push_back({sameText(name), {{QStringLiteral("branch"), branch}, {QStringLiteral("tag"), tag}}});
        };
        QStringList branches{QStringLiteral("main")};
        QStringList tags;
        for (const auto &[name, body] : entries) {
            for (const QString &b : body["filters"]["branches"]["only"].strings()) {
                if (!b.startsWith(u'/') && !branches.contains(b) && branches.size() < 6)
                    branches.append(b);
            }
            tags += body["filters"]["tags"]["only"].strings() + body["filters"]["tags"]["ignore"].strings();
        }
        for (const QString &b : std::as_const(branches))
            occasion(QStringLiteral("push (%1)").arg(b), ExprValue::of(b), ExprValue::null());
        occasion(QStringLiteral("push (another-branch)"), ExprValue::of(QStringLiteral("another-branch")), ExprValue::null());
        if (!tags.isEmpty())
            occasion(QStringLiteral("push (v1.2.3)"), ExprValue::null(), ExprValue::of(QStringLiteral("v1.2.3")));
    }

    struct Edge {
        QString workflow;
        size_t job, need;
        auto operator<=>(const Edge &) const = default;
    };

    const YamlFile &m_file;
    const PipelineSources &m_sources;
    Yaml m_root;
    CircleSteps m_steps;
    Pipeline m_pipeline;
    QMap<Edge, QStringList> m_states;
};

} // namespace

std::vector<Pipeline> readCircleConfig(const YamlFile &file, const PipelineSources &sources)
{
    return CircleReader(file, sources).read();
}

} // namespace tenken
