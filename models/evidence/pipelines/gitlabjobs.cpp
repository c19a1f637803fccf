// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/pipelines/gitlabjobs.h>

#include <algorithm>

namespace tenken {

namespace {

constexpr int deepest = 11; ///< GitLab's own limit of `extends`
constexpr size_t mostFiles = 60;
constexpr int mostMerged = 500;

const QStringList &rootKeys()
{
    static const QStringList keys{QStringLiteral("stages"), QStringLiteral("include"), QStringLiteral("default"),
                                  QStringLiteral("variables"), QStringLiteral("workflow"), QStringLiteral("image"),
                                  QStringLiteral("services"), QStringLiteral("before_script"), QStringLiteral("after_script"),
                                  QStringLiteral("cache"), QStringLiteral("spec"), QStringLiteral("types")};
    return keys;
}

class Includes
{
public:
    Includes(GitlabFiles &result, const PipelineSources &sources)
        : m_result(result)
        , m_sources(sources)
    {
    }

    void add(const YamlFile &file, int depth)
    {
        if (std::ranges::contains(m_result.files, &file) || m_result.files.size() >= mostFiles)
            return;
        m_result.files.push_back(&file);
        for (const Yaml document : file.documents()) {
            const Yaml include = document["include"];
            const std::vector<Yaml> entries = include.isSequence() ? include.items() : std::vector<Yaml>{include};
            for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) // a later one wins over an earlier
                one(*entry, depth);
        }
    }

private:
    void one(Yaml entry, int depth)
    {
        const Yaml local = entry.isScalar() ? entry : entry["local"];
        const Yaml first = entry.isMap() ? entry["rules"].at(0) : Yaml();
        const bool never = first["when"].text() == "never" && !first["if"] && !first["exists"] && !first["changes"];
        if (!entry.exists() || entry.isNull() || never)
            return;
        const QString text = local.string();
        if (!local.isScalar() || text.contains(u"://") || text.contains(u'$') || depth > 8) {
            m_result.opaque.append(nameOf(entry));
            return;
        }
        QString path = text;
        while (path.startsWith(u'/'))
            path.removeFirst();
        QStringList paths{pathBelow({}, path)};
        if (path.contains(u'*'))
            paths = m_sources.glob ? m_sources.glob(path) : QStringList();
        bool any = false;
        for (const QString &p : std::as_const(paths)) {
            const RepositoryFile *file = m_sources.file(p);
            if (!file || !file->yaml || !file->yaml->errors().empty())
                continue;
            any = true;
            add(*file->yaml, depth + 1);
        }
        if (!any)
            m_result.opaque.append(QStringLiteral("include: ") + text);
    }

    static QString nameOf(Yaml entry)
    {
        if (entry.isScalar())
            return QStringLiteral("include: ") + entry.string();
        for (const char *key : {"project", "remote", "template", "component", "local"}) {
            if (entry[key].isScalar())
                return QStringLiteral("include: ") + entry[key].string();
        }
        return QStringLiteral("include");
    }

    GitlabFiles &m_result;
    const PipelineSources &m_sources;
};

class JobReader
{
public:
    explicit JobReader(const GitlabFiles &files) : m_files(files) { }

    GitlabJob read(const QString &name)
    {
        GitlabJob job;
        job.name = name;
        const GitlabValue own = m_files.job(name);
        job.file = own.file;
        job.span = own.node.keySpan();
        merge(job, name, 0);
        inherit(job);
        return job;
    }

private:
    /// The same job in several files is one: the keys of the file that wins come last.
    void merge(GitlabJob &job, const QString &name, int depth)
    {
        if (++m_merged > mostMerged) { // bases of bases grow beyond any bound
            job.resolved = false;
            return;
        }
        for (auto file = m_files.files.rbegin(); file != m_files.files.rend(); ++file) {
            for (const Yaml document : (*file)->documents()) {
                if (const Yaml node = document[name.toStdString()]; node.isMap())
                    merge(job, GitlabValue{node, *file}, depth);
            }
        }
    }

    /// What it extends first, then its own keys over it.
    void merge(GitlabJob &job, const GitlabValue &own, int depth)
    {
        const Yaml extends = own.node["extends"];
        const std::vector<Yaml> bases = extends.isSequence() ? extends.items() : std::vector<Yaml>{extends};
        for (const Yaml base : bases) {
            if (!base.isScalar())
                continue;
            const GitlabValue found = m_files.job(base.string());
            if (!found || depth >= deepest)
                job.resolved = false;
            else
                merge(job, base.string(), depth + 1);
        }
        for (const auto &[key, value] : own.node.entries()) {
            if (key.string() == u"variables")
                addVariables(job, value);
            else
                job.values.insert(key.string(), {value, own.file});
        }
    }

    static void addVariables(GitlabJob &job, Yaml variables)
    {
        for (const auto &[key, value] : variables.entries()) {
            const Yaml text = value.isMap() ? value["value"] : value;
            if (text.isScalar() && !text.string().contains(u'$'))
                job.variables.insert(key.string(), text.string());
            else
                job.variables.remove(key.string());
        }
    }

    void inherit(GitlabJob &job) const
    {
        const Yaml inherits = job.value(QStringLiteral("inherit")).node["default"];
        const GitlabValue defaults = m_files.root(QStringLiteral("default"));
        for (const char *key : {"before_script", "after_script"}) {
            const QString name = QString::fromLatin1(key);
            if (job.values.contains(name) || inherits.text() == "false")
                continue;
            if (const Yaml node = defaults.node[key])
                job.values.insert(name, {node, defaults.file});
            else if (const GitlabValue root = m_files.root(name))
                job.values.insert(name, root);
        }
        const QMap<QString, QString> own = std::exchange(job.variables, {});
        for (auto file = m_files.files.rbegin(); file != m_files.files.rend(); ++file) {
            for (const Yaml document : (*file)->documents())
                addVariables(job, document["variables"]);
        }
        job.variables.insert(own);
    }

    const GitlabFiles &m_files;
    int m_merged = 0;
};

} // namespace

GitlabValue GitlabFiles::root(const QString &key) const
{
    for (const YamlFile *file : files) { // the including file comes first, and wins
        for (const Yaml document : file->documents()) {
            if (const Yaml node = document[key.toStdString()])
                return {node, file};
        }
    }
    return {};
}

GitlabValue GitlabFiles::job(const QString &name) const
{
    const GitlabValue found = root(name);
    return found.node.isMap() && !rootKeys().contains(name) ? found : GitlabValue();
}

GitlabFiles readGitlabFiles(const YamlFile &file, const PipelineSources &sources)
{
    GitlabFiles files;
    Includes(files, sources).add(file, 0);
    return files;
}

std::vector<GitlabJob> readGitlabJobs(const GitlabFiles &files, const PipelineSources &sources)
{
    QStringList names;
    for (const YamlFile *file : files.files) {
        for (const Yaml document : file->documents()) {
            for (const auto &[key, value] : document.entries()) {
                const QString name = key.string();
                if (name.startsWith(u'.') || rootKeys().contains(name) || names.contains(name))
                    continue;
                if (value.isMap())
                    names.append(name);
                else
                    sources.report(file->name(), value, Text{"ジョブ「%1」が組になっていません", "the job “%1” is no map"}.arg(name));
            }
        }
    }
    std::vector<GitlabJob> jobs;
    for (const QString &name : names.mid(0, qsizetype(mostPipelineJobs)))
        jobs.push_back(JobReader(files).read(name));
    return jobs;
}

std::vector<ShellSource> scriptLines(const GitlabFiles &files, const GitlabValue &script, bool &opaque, int depth)
{
    std::vector<ShellSource> lines;
    if (!script)
        return lines;
    if (script.node.tag() == "!reference") {
        const GitlabValue job = files.job(script.node.at(0).string());
        const std::string key = script.node.at(1).string().toStdString();
        const Yaml node = job.node[key];
        if (!node || depth > 10)
            opaque = true;
        else
            return scriptLines(files, {node, job.file}, opaque, depth + 1);
        return lines;
    }
    if (script.node.isScalar())
        return {shellSource(script.node.string(), script.node, *script.file)};
    if (script.node.isMap() || depth > 10)
        opaque = true;
    for (const Yaml item : script.node.items()) {
        std::vector<ShellSource> more = scriptLines(files, {item, script.file}, opaque, depth + 1);
        std::ranges::move(more, std::back_inserter(lines));
    }
    return lines;
}

} // namespace tenken
