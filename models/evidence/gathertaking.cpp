// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/gather.h>

#include <evidence/git.h>
#include <evidence/pipelines/repository.h>
#include <evidence/prometheus/prometheus.h>

#include <algorithm>

namespace tenken {

namespace {

template<typename T>
void moveInto(std::vector<T> &all, std::vector<T> &&some)
{
    std::ranges::move(some, std::back_inserter(all));
}

} // namespace

void Gathering::take(Slot &slot)
{
    moveInto(m_evidence.unreadable, std::move(slot.problems));
    if (slot.source.path.isEmpty())
        return;
    m_evidence.files.push_back(slot.source);
    m_blobs.insert(slot.source.path, slot.blob);
}

std::vector<std::shared_ptr<const YamlFile>> Gathering::takeYaml(std::vector<std::unique_ptr<Slot>> &places)
{
    std::vector<std::shared_ptr<const YamlFile>> files;
    for (const auto &slot : places) {
        take(*slot);
        if (!slot->yaml)
            continue;
        moveInto(m_evidence.unreadable, std::vector(slot->yaml->errors()));
        moveInto(m_evidence.warnings, std::vector(slot->yaml->warnings()));
        files.push_back(slot->yaml);
    }
    return files;
}

void Gathering::takeRenders(std::vector<std::shared_ptr<const YamlFile>> &files)
{
    for (const auto &rendered : m_renders) {
        moveInto(m_evidence.unreadable, std::move(rendered->problems));
        for (const RenderInput &input : rendered->inputs) {
            m_evidence.files.push_back(input.source);
            m_blobs.insert(input.source.path, m_inGit ? gitBlobHash(input.bytes) : QByteArray());
        }
        if (!rendered->file)
            continue;
        moveInto(m_evidence.unreadable, std::vector(rendered->file->errors()));
        moveInto(m_evidence.warnings, std::vector(rendered->file->warnings()));
        const QByteArray &text = rendered->file->text();
        m_evidence.renderings.push_back({rendered->name, rendered->program, sha256Hex(text), text.size()});
        m_explicit.append(rendered->name);
        files.push_back(rendered->file);
    }
}

void Gathering::takeManifests()
{
    std::vector<std::shared_ptr<const YamlFile>> files = takeYaml(m_manifests);
    takeRenders(files);
    Partial<Manifests> read = readManifests(std::move(files));
    for (const auto &rendered : m_renders) {
        if (rendered->trace)
            read.value.traces.insert(rendered->name, rendered->trace);
    }
    read.value.unapplied = unapplied();
    moveInto(m_evidence.unreadable, std::move(read.problems));
    moveInto(m_evidence.warnings, std::vector(read.value.warnings));
    // In a folder other YAML is nothing special; a file that is named by itself is meant to hold objects.
    for (const QString &path : m_explicit) {
        const YamlFile *file = read.value.fileOf(path);
        const bool holdsAny = std::ranges::any_of(read.value.objects, [&](const KubeObject &o) { return o.file == path; })
            || (file && !file->documents().empty() && isCloudFormation(file->documents().front()));
        if (file && file->errors().empty() && !holdsAny)
            m_evidence.unreadable.push_back({path, {}, {"Kubernetes のオブジェクトがありません", "holds no Kubernetes object"},
                                             {"apiVersion と kind を持つマニフェストを指してください",
                                              "name a manifest with apiVersion and kind"}});
    }
    m_evidence.manifests = std::make_shared<const Manifests>(std::move(read.value));
}

void Gathering::takeRecords()
{
    for (const auto &slot : m_records) {
        if (!slot->yaml) { // it may tell of a failed test: still a record, though not a readable one
            TestRecord unread;
            unread.file = slot->path;
            m_evidence.records.push_back(std::move(unread));
        }
    }
    m_evidence.recordFiles = takeYaml(m_records);
    for (const auto &file : m_evidence.recordFiles) {
        TestReading reading = readTestRecord(*file);
        moveInto(m_evidence.unreadable, std::move(reading.errors));
        moveInto(m_evidence.warnings, std::move(reading.warnings));
        m_evidence.records.push_back(std::move(reading.record));
    }
    std::ranges::sort(m_evidence.records, {}, &TestRecord::file);
}

/// Makefiles, scripts and actions are known only once the pipelines are: few and small, read one by one.
void Gathering::followPipelines()
{
    if (m_evidence.pipelines.empty())
        return;
    RepositoryReading reading = readRepository(m_roots.own(), m_evidence.pipelines);
    for (const auto &[source, bytes] : reading.read) {
        if (!m_blobs.contains(source.path))
            addRead(source, bytes);
    }
    moveInto(m_evidence.warnings, std::vector(reading.repository.problems));
    m_evidence.repository = std::make_shared<const Repository>(std::move(reading.repository));
}

/// Templates may also lie among the manifests; Fluent Bit's configuration mostly does, in a ConfigMap.
void Gathering::takeInfrastructure()
{
    std::vector<std::shared_ptr<const YamlFile>> yaml = takeYaml(m_infrastructure);
    std::erase_if(yaml, [&](const auto &f) { return m_evidence.manifests->fileOf(f->name()); });
    Partial<Manifests> beside = readManifests(yaml); // ConfigMaps may lie beside the templates too
    std::ranges::copy(m_evidence.manifests->files, std::back_inserter(yaml));
    CloudFormation templates = readCloudFormation(yaml);
    templates.terraform = m_terraform;
    m_evidence.cloudFormation = std::make_shared<const CloudFormation>(std::move(templates));
    std::vector<PlainFile> plain;
    for (const auto &slot : m_plain) {
        take(*slot);
        plain.push_back({slot->path, slot->text});
    }
    m_evidence.fluentBit = readFluentBit(*m_evidence.manifests, yaml, plain);
    moveInto(m_evidence.fluentBit, readFluentBit(beside.value, {}, {}));
}

/// Its alerts stand beside Datadog's monitors, and are judged by the same rules.
void Gathering::takePrometheus()
{
    const PrometheusSource &source = m_evidence.service.prometheus;
    const size_t before = m_evidence.unreadable.size();
    const auto files = takeYaml(m_prometheus);
    std::vector<PrometheusAnswer> answers;
    for (const auto &slot : m_answers) {
        take(*slot);
        const auto it = std::ranges::find(source.snapshots, slot->path, &PrometheusSnapshot::path);
        if (!slot->source.path.isEmpty())
            answers.push_back({slot->path, slot->text, it == source.snapshots.end() ? QString() : it->query,
                               it == source.snapshots.end() ? QString() : it->unit});
    }
    PrometheusReading reading = readPrometheus(source, files, answers, *m_evidence.manifests);
    const bool whole = reading.complete && m_prometheusWhole && m_evidence.unreadable.size() == before;
    DatadogSnapshot &snapshot = m_evidence.datadog;
    // What neither source has is missing only where both are known to be whole.
    if (m_evidence.service.datadogFolder.isEmpty())
        snapshot.monitorsComplete = whole;
    else if (source.declared)
        snapshot.monitorsComplete = snapshot.monitorsComplete && whole;
    snapshot.exists = snapshot.exists || reading.exists;
    moveInto(snapshot.monitors, std::move(reading.monitors));
    moveInto(snapshot.series, std::move(reading.series));
    moveInto(snapshot.dashboards, std::move(reading.dashboards));
    moveInto(m_evidence.unreadable, std::move(reading.problems));
    moveInto(m_evidence.warnings, std::vector(reading.remarks));
    moveInto(m_evidence.warnings, std::vector(reading.notReadable));
    moveInto(snapshot.notReadable, std::move(reading.notReadable));
}

void Gathering::takeRuns()
{
    for (const auto &run : m_runs) {
        for (Problem &problem : run->problems) {
            problem.file = m_roots.nameOf(problem.file);
            m_evidence.unreadable.push_back(std::move(problem));
        }
        m_evidence.loadTests.push_back(std::move(run->test));
    }
    for (const auto &slot : m_results)
        take(*slot);
}

/// Each root is a work tree of its own: which files are its, and do they differ from its HEAD.
void Gathering::readGit()
{
    const auto differs = [&](const Root &root) {
        std::vector<SourceFile> files;
        QHash<QString, QByteArray> blobs;
        for (const SourceFile &file : m_evidence.files) {
            SourceFile own = file;
            if (m_roots.rootOf(file.path, &own.path) == &root) {
                blobs.insert(own.path, m_blobs.value(file.path));
                files.push_back(own);
            }
        }
        return differsFromHead(root, files, blobs);
    };
    const auto told = [&](const GitHead &head) {
        if (!head.problem.isEmpty())
            m_evidence.warnings.push_back({QString(), {}, head.problem, {}});
    };
    const GitHead head = readGitHead(m_roots.own().folder());
    m_evidence.gitCommit = head.commit;
    m_evidence.gitBranch = head.branch;
    told(head);
    if (head.inside)
        m_evidence.gitDirty = head.commit.isEmpty() || differs(m_roots.own());
    for (SourceRoot &root : m_evidence.roots) {
        QString none;
        const Root *folder = m_roots.rootOf(root.name + u':', &none);
        if (root.state != SourceRoot::State::Readable || !folder)
            continue;
        const GitHead its = readGitHead(folder->folder());
        root.gitCommit = its.commit;
        root.gitBranch = its.branch;
        told(its);
        root.gitDirty = its.inside && (its.commit.isEmpty() || differs(*folder));
    }
}

void Gathering::finish()
{
    takeManifests();
    takeInfrastructure();
    m_evidence.pipelines = takeYaml(m_pipelines);
    takeRecords();
    followPipelines();
    for (const auto &slot : m_documents) {
        const bool wasRead = slot->problems.empty();
        take(*slot);
        if (wasRead)
            m_evidence.documents.push_back(std::move(slot->document));
    }
    takeRuns();
    moveInto(m_evidence.unreadable, std::move(m_datadog.problems));
    moveInto(m_evidence.warnings, std::vector(m_datadog.value.remarks));
    // An answer like 403 is not "nothing there": people see that it could not be read.
    moveInto(m_evidence.warnings, std::vector(m_datadog.value.notReadable));
    m_evidence.datadog = std::move(m_datadog.value);
    moveInto(m_evidence.files, std::move(m_datadogFiles));
    takePrometheus();
    std::ranges::sort(m_evidence.files, {}, &SourceFile::path);
    const auto repeated = std::ranges::unique(m_evidence.files, {}, &SourceFile::path);
    m_evidence.files.erase(repeated.begin(), repeated.end());
    readGit();
}

} // namespace tenken
