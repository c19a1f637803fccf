// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/githubsteps.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr int deepestCall = 10;
constexpr size_t mostCombinations = 24;

/// The values of one job of a matrix, with its name: "lint".
struct Combination {
    QString name;
    GithubValues values;
    bool known = true;
};

void includeInto(std::vector<Combination> &all, Yaml include, size_t fromVectors)
{
    for (const Yaml entry : include.items()) {
        Combination added;
        QStringList words;
        for (const auto &[key, value] : entry.entries()) {
            if (!value.isScalar())
                continue;
            added.values.insert(QStringLiteral("matrix.") + key.string(), value.string());
            words.append(value.string());
        }
        added.name = words.join(QStringLiteral(", "));
        bool extended = false; // an entry that contradicts nothing extends the combinations that are there
        for (size_t i = 0; i < fromVectors && i < all.size(); ++i) {
            const bool fits = std::ranges::all_of(added.values.asKeyValueRange(), [&](const auto &pair) {
                return all[i].values.value(pair.first, pair.second) == pair.second;
            });
            const bool shares = std::ranges::any_of(added.values.asKeyValueRange(), [&](const auto &pair) {
                return all[i].values.contains(pair.first);
            });
            if (fits && shares) {
                all[i].values.insert(added.values);
                extended = true;
            }
        }
        if (!extended)
            all.push_back(std::move(added));
    }
}

bool isExcluded(const Combination &c, Yaml exclude)
{
    return std::ranges::any_of(exclude.items(), [&](Yaml entry) {
        const auto pairs = entry.entries();
        return !pairs.empty() && std::ranges::all_of(pairs, [&](const auto &pair) {
            return c.values.value(QStringLiteral("matrix.") + pair.first.string()) == pair.second.string();
        });
    });
}

std::vector<Combination> combinations(Yaml matrix)
{
    std::vector<Combination> all;
    if (!matrix.isMap())
        return {{QString(), {}, false}};
    for (const auto &[key, value] : matrix.entries()) {
        const QString name = key.string();
        if (name == u"include" || name == u"exclude")
            continue;
        if (all.empty())
            all.push_back({});
        if (!value.isSequence()) { // fromJSON(…)
            for (Combination &c : all)
                c.known = false;
            continue;
        }
        std::vector<Combination> longer;
        for (const Combination &c : all) {
            for (const Yaml item : value.items()) {
                Combination next = c;
                next.known = next.known && item.isScalar();
                next.values.insert(QStringLiteral("matrix.") + name, item.string());
                next.name += (next.name.isEmpty() ? QString() : QStringLiteral(", ")) + item.string();
                if (longer.size() < mostCombinations)
                    longer.push_back(std::move(next));
            }
        }
        all = std::move(longer);
    }
    std::erase_if(all, [&](const Combination &c) { return isExcluded(c, matrix["exclude"]); });
    includeInto(all, matrix["include"], all.size());
    if (all.empty() || !(matrix["include"].isSequence() || !matrix["include"].exists()))
        all.push_back({QString(), {}, false});
    return all;
}

bool speaksOfMatrix(Yaml node, int depth = 0)
{
    if (node.isScalar())
        return node.text().find("matrix.") != std::string_view::npos;
    if (depth > 20)
        return false;
    const auto inItem = [&](Yaml item) { return speaksOfMatrix(item, depth + 1); };
    return std::ranges::any_of(node.items(), inItem)
        || std::ranges::any_of(node.entries(), [&](const auto &e) { return inItem(e.second); });
}

class GithubReader
{
public:
    GithubReader(const YamlFile &file, const PipelineSources &sources)
        : m_sources(sources)
    {
        m_pipeline.system = Pipeline::System::GitHub;
        m_pipeline.file = file.name();
    }

    Pipeline read(const YamlFile &file)
    {
        const Yaml root = file.documents().front();
        m_pipeline.name = root["name"].stringOr(file.name());
        m_pipeline.occasions = githubOccasions(file);
        m_pipeline.startedBy = githubTriggers(root)["workflow_run"]["workflows"].strings();
        m_pipeline.calledOnly = m_pipeline.occasions.empty() && hasTrigger(root, QStringLiteral("workflow_call"));
        GithubScope scope;
        scope.file = &file;
        if (m_pipeline.calledOnly) {
            Occasion called{{"呼び出し", "call"}, {}};
            m_pipeline.occasions.push_back(called);
        }
        readJobs(root, scope, {}, {}, 0);
        if (m_refused) // GitHub runs nothing of it
            m_pipeline.occasions.clear();
        return std::move(m_pipeline);
    }

private:
    struct Entry {
        Yaml node;
        size_t job;
    };

    size_t addJob(const GithubScope &scope, const QString &id, Yaml node, std::optional<size_t> parent)
    {
        PipelineJob job;
        job.id = id;
        job.file = scope.file->name();
        job.span = node.keySpan();
        job.parent = parent;
        m_pipeline.jobs.push_back(std::move(job));
        return m_pipeline.jobs.size() - 1;
    }

    void readJobs(Yaml root, GithubScope scope, const QString &prefix, std::optional<size_t> parent, int depth)
    {
        addValues(scope, QStringLiteral("env."), root["env"]);
        takeDefaults(scope, root["defaults"]["run"]);
        QMap<QString, size_t> ids;
        std::vector<Entry> entries;
        if (!root["jobs"].isMap()) {
            m_pipeline.opaque.append(scope.file->name());
            m_sources.report(scope.file->name(), root, {"`jobs` がありません", "`jobs` is missing"},
                             {"ワークフローには `jobs:` が要ります", "a workflow needs `jobs:`"});
        }
        for (const auto &[key, node] : root["jobs"].entries()) {
            if (m_pipeline.jobs.size() >= mostPipelineJobs) {
                m_pipeline.opaque.append(scope.file->name());
                break;
            }
            if (!node.isMap()) {
                m_sources.report(scope.file->name(), node, Text{"ジョブ「%1」が組になっていません", "the job “%1” is no map"}.arg(key.string()));
                m_pipeline.opaque.append(key.string());
                continue;
            }
            const size_t job = addJob(scope, prefix + key.string(), node, parent);
            ids.insert(key.string(), job);
            entries.push_back({node, job});
        }
        for (const Entry &entry : entries)
            readNeeds(entry, ids, scope);
        for (const Entry &entry : entries)
            readJob(entry, scope, depth);
    }

    void readNeeds(const Entry &entry, const QMap<QString, size_t> &ids, const GithubScope &scope)
    {
        const Yaml needs = entry.node["needs"];
        const std::vector<Yaml> nodes = needs.isSequence() ? needs.items() : std::vector<Yaml>{needs};
        for (const Yaml need : nodes) {
            if (!need.isScalar())
                continue;
            const auto known = ids.constFind(need.string());
            PipelineJob &job = m_pipeline.jobs[entry.job];
            if (known == ids.cend()) {
                m_sources.report(scope.file->name(), need,
                                 Text{"`needs` のジョブ「%1」がありません", "there is no job “%1” for `needs`"}.arg(need.string()),
                                 {"ジョブの名前を確かめてください", "check the job's name"});
                job.opaque.append(need.string());
                m_refused = true;
                continue;
            }
            job.needs.push_back(*known);
            job.needSpans.insert(*known, need.span());
        }
    }

    void readJob(const Entry &entry, GithubScope scope, int depth)
    {
        const Yaml node = entry.node;
        {
            PipelineJob &job = m_pipeline.jobs[entry.job];
            const Expr condition = githubIf(node["if"], scope.values);
            job.rules = {{condition, githubCondition(node["continue-on-error"].stringOr(QStringLiteral("false")), scope.values),
                          true, false, Expr::literal(true)}};
            job.conditionText = node["if"].string();
            job.conditionSpan = node["if"].entrySpan();
            job.continueSpan = node["continue-on-error"].entrySpan();
        }
        const Yaml matrix = node["strategy"]["matrix"];
        const bool opens = matrix.exists() && (speaksOfMatrix(node["steps"]) || speaksOfMatrix(node["with"])
                                               || speaksOfMatrix(node["continue-on-error"]) || speaksOfMatrix(node["uses"])
                                               || speaksOfMatrix(node["environment"]) || speaksOfMatrix(node["env"]));
        if (!opens)
            return fill(entry.job, node, scope, depth);
        const std::vector<Combination> all = combinations(matrix);
        if (all.size() == 1) {
            scope.values.insert(all.front().values);
            return fill(entry.job, node, scope, depth);
        }
        m_pipeline.jobs[entry.job].calls = true;
        m_pipeline.jobs[entry.job].rules.front().allowFailure = Expr::literal(false); // each part's own
        for (const Combination &c : all) {
            if (m_pipeline.jobs.size() >= mostPipelineJobs)
                return m_pipeline.opaque.append(m_pipeline.jobs[entry.job].id);
            GithubScope own = scope;
            own.values.insert(c.values);
            const QString id = m_pipeline.jobs[entry.job].id + QStringLiteral(" (") + c.name + u')';
            const size_t part = addJob(scope, id, node, entry.job);
            PipelineJob &job = m_pipeline.jobs[part];
            job.continueSpan = node["continue-on-error"].entrySpan();
            job.rules = {{Expr::literal(true),
                          githubCondition(node["continue-on-error"].stringOr(QStringLiteral("false")), own.values), true,
                          false, Expr::literal(true)}};
            fill(part, node, own, depth);
        }
    }

    /// The job's steps, or the jobs of the workflow that it calls.
    void fill(size_t index, Yaml node, GithubScope scope, int depth)
    {
        const Yaml environment = node["environment"].isMap() ? node["environment"]["name"] : node["environment"];
        addValues(scope, QStringLiteral("env."), node["env"]);
        takeDefaults(scope, node["defaults"]["run"]);
        {
            PipelineJob &job = m_pipeline.jobs[index];
            job.environment = withValues(environment.string(), scope.values);
            job.environmentSpan = environment.entrySpan();
        }
        if (node["uses"].isScalar())
            return call(index, node, scope, depth);
        m_pipeline.jobs[index].steps = readGithubSteps(node["steps"], scope, m_sources, 0);
        if (!node["steps"].isSequence())
            m_sources.report(scope.file->name(), node,
                             Text{"ジョブ「%1」に `steps` がありません", "the job “%1” has no `steps`"}.arg(m_pipeline.jobs[index].id));
    }

    void call(size_t index, Yaml node, const GithubScope &scope, int depth)
    {
        const QString uses = withValues(node["uses"].string(), scope.values);
        const QString path = uses.startsWith(u"./") ? pathBelow({}, uses) : QString();
        const RepositoryFile *file = path.isEmpty() || depth >= deepestCall ? nullptr : m_sources.file(path);
        if (!file || !file->yaml || file->yaml->documents().empty()) {
            m_pipeline.jobs[index].opaque.append(uses);
            return;
        }
        m_pipeline.jobs[index].calls = true;
        GithubScope own;
        own.file = file->yaml.get();
        const Yaml root = file->yaml->documents().front();
        addInputs(own, githubTriggers(root)["workflow_call"]["inputs"], node["with"], scope.values);
        readJobs(root, own, m_pipeline.jobs[index].id + QStringLiteral(" / "), index, depth + 1);
    }

    const PipelineSources &m_sources;
    Pipeline m_pipeline;
    bool m_refused = false;
};

} // namespace

std::vector<Pipeline> readGithubWorkflow(const YamlFile &file, const PipelineSources &sources)
{
    if (file.documents().empty() || !file.documents().front().isMap())
        return {};
    return {GithubReader(file, sources).read(file)};
}

} // namespace tenken
