// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/discover.h>

#include <evidence/loadtest/reader.h>
#include <evidence/manifests.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace tenken {

bool Discovery::isEmpty() const
{
    return manifests.isEmpty() && pipelines.isEmpty() && loadTests.empty() && guides.empty()
        && datadogFolder.isEmpty() && prometheusRules.isEmpty() && alertmanager.isEmpty();
}

namespace {

constexpr qint64 manifestLimit = 2 * 1024 * 1024;

bool looksLikeManifest(const QByteArray &text)
{
    static const QRegularExpression kind(QStringLiteral("^\\s*\"?kind\"?\\s*:"), QRegularExpression::MultilineOption);
    return text.contains("apiVersion") && kind.match(QString::fromUtf8(text)).hasMatch();
}

bool hasKeyAtTop(const QByteArray &text, const char *key)
{
    return text.startsWith(QByteArray(key) + ':') || text.contains('\n' + QByteArray(key) + ':');
}

/// A rule file of Prometheus itself; the operator's PrometheusRule is a manifest.
bool looksLikeRules(const QByteArray &text)
{
    return hasKeyAtTop(text, "groups") && text.contains("rules:") && text.contains("expr:");
}

bool looksLikeAlertmanager(const QByteArray &text)
{
    return hasKeyAtTop(text, "route") && hasKeyAtTop(text, "receivers");
}

int podsFromName(const QString &file)
{
    static const QRegularExpression pattern(QStringLiteral("(\\d{1,4})[-_]?pods?(?![a-z])"),
                                            QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(QFileInfo(file).fileName());
    return match.hasMatch() ? match.captured(1).toInt() : 0;
}

QString guideRole(const QString &file)
{
    static const std::pair<const char *, const char *> words[] = {
        {"oncall", "oncall"},        {"on-call", "oncall"},         {"on_call", "oncall"},
        {"runbook", "oncall"},       {"playbook", "oncall"},        {"オンコール", "oncall"},
        {"onboarding", "onboarding"}, {"getting-started", "onboarding"}, {"オンボーディング", "onboarding"},
        {"release-flow", "release-flow"}, {"release_flow", "release-flow"}, {"releasing", "release-flow"},
        {"リリースフロー", "release-flow"},
    };
    const QString name = QFileInfo(file).completeBaseName().toLower();
    for (const auto &[word, role] : words) {
        if (name.contains(QString::fromUtf8(word)))
            return QString::fromLatin1(role);
    }
    return {};
}

bool isPipeline(const QString &file)
{
    return file.startsWith(u".github/workflows/") || file == u".gitlab-ci.yml" || file == u".circleci/config.yml";
}

/// Folders instead of files wherever every manifest of a folder belongs: "deploy/" reads better than ten paths.
QStringList foldersOf(const QStringList &files)
{
    QSet<QString> top;
    QStringList alone;
    for (const QString &file : files) {
        const qsizetype slash = file.indexOf(u'/');
        if (slash < 0)
            alone.append(file);
        else
            top.insert(file.left(slash + 1));
    }
    QStringList folders(top.cbegin(), top.cend());
    folders.sort();
    alone.sort();
    return folders + alone;
}

class Search
{
public:
    Search(const Root &root, Discovery &found) : m_root(root), m_found(found) { }

    void look(const QString &file)
    {
        const QString name = file.toLower();
        if (file.startsWith(u"readiness/datadog/"))
            m_found.datadogFolder = QStringLiteral("readiness/datadog");
        else if (file.startsWith(u"readiness/"))
            return;
        else if (isPipeline(file))
            m_pipelines.append(file);
        else if (name.endsWith(u".md") || name.endsWith(u".html"))
            guide(file);
        else if (name.endsWith(u".yaml") || name.endsWith(u".yml"))
            yaml(file);
        else
            loadTest(file);
    }

    void finish()
    {
        auto manifests = readManifests(std::move(m_parsed));
        m_found.workloads = int(manifests.value.workloads.size());
        for (const Workload &workload : manifests.value.workloads)
            m_names.insert(workload.object.name);
        for (const KubeObject &object : manifests.value.objects) {
            m_found.usesIstio |= object.apiVersion.contains(u"istio.io/");
            if (!m_manifests.contains(object.file))
                m_manifests.append(object.file);
        }
        m_found.manifests = foldersOf(m_manifests);
        m_found.prometheusRules = m_rules; // by name: a folder of them often holds Alertmanager's own file too
        const bool github = std::ranges::any_of(m_pipelines, [](const QString &f) { return f.startsWith(u".github/"); });
        if (github)
            m_found.pipelines.append(QStringLiteral(".github/workflows/"));
        for (const QString &file : m_pipelines) {
            if (!file.startsWith(u".github/"))
                m_found.pipelines.append(file);
        }
        m_found.id = m_names.size() == 1 ? *m_names.cbegin() : QDir(m_found.folder).dirName();
    }

private:
    void yaml(const QString &file)
    {
        const auto text = m_root.read(file, manifestLimit);
        if (!text)
            return;
        if (looksLikeManifest(*text))
            m_parsed.push_back(YamlFile::parse(*text, file));
        else if (looksLikeRules(*text))
            m_rules.append(file);
        else if (looksLikeAlertmanager(*text))
            m_found.alertmanager.append(file);
    }

    void loadTest(const QString &file)
    {
        const auto path = m_root.resolve(file);
        if (!path)
            return;
        const QString tool = recogniseLoadTest(*path);
        if (!tool.isEmpty())
            m_found.loadTests.push_back({file, tool, podsFromName(file)});
    }

    void guide(const QString &file)
    {
        const QString role = guideRole(file);
        const bool taken = std::ranges::any_of(m_found.guides, [&](const auto &g) { return g.role == role; });
        if (!role.isEmpty() && !taken)
            m_found.guides.push_back({role, file});
    }

    const Root &m_root;
    Discovery &m_found;
    QStringList m_pipelines;
    QStringList m_manifests;
    QStringList m_rules;
    QSet<QString> m_names;
    std::vector<std::shared_ptr<const YamlFile>> m_parsed;
};

/// CI folders are hidden, and hidden folders are left out of a search: they are asked for by name.
QStringList candidates(const Root &root)
{
    static const QStringList suffixes{".yaml", ".yml",  ".md",   ".html", ".log", ".jtl",  ".xml", ".csv",  ".tsv", ".json", ".ndjson",
                                      ".txt",  ".hgrm", ".hlog", ".bin",  ".gob", ".out", ".gz",  ".zst"};
    QStringList files = root.find(QStringLiteral("."), suffixes).value;
    for (const char *pattern : {".github/workflows/*.yml", ".github/workflows/*.yaml", ".gitlab-ci.yml", ".circleci/config.yml"}) {
        const QStringList matches = root.find(QString::fromLatin1(pattern), {}).value;
        for (const QString &match : matches) {
            if (!files.contains(match))
                files.append(match);
        }
    }
    return files;
}

} // namespace

Discovery discover(const QString &folder, const std::function<bool(const QString &)> &go)
{
    Discovery found;
    const Root root(folder);
    found.folder = root.folder();
    Search search(root, found);
    for (const QString &file : candidates(root)) {
        if (go && !go(file))
            break;
        search.look(file);
    }
    search.finish();
    return found;
}

} // namespace tenken
