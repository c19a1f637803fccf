// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/testrecord.h>

#include <evidence/servicefields.h>
#include <evidence/testvalues.h>

#include <algorithm>

namespace tenken
{

namespace
{

const TestField &fieldOf(const char *path)
{
    const auto it = std::ranges::find(testFields(), std::string_view(path), &TestField::path);
    Q_ASSERT(it != testFields().end());
    return *it;
}

/// One file on its way into a record: which fields its kind has, and what was there.
class RecordReader
{
public:
    RecordReader(const YamlFile &file, ServiceFields &fields, TestRecord &record)
        : m_file(file)
        , m_fields(fields)
        , m_record(record)
    {
    }

    void read();

private:
    Field at(const char *path) const;
    Declared<QString> word(const char *path);
    Declared<double> seconds(const char *path) { return m_fields.seconds(at(path)); }
    Declared<int> count(const char *path) { return m_fields.whole(at(path), 0); }
    Declared<bool> yesNo(const char *path) { return m_fields.boolean(at(path)); }
    QMap<QString, Declared<int>> numbers(const char *path, int least, int most)
    {
        return readTestNumbers(m_fields, at(path), least, most);
    }
    void readKind();
    void checkKeys();
    void readCommon();
    void readOutcome();
    void noteMissing();
    bool isThere(const TestField &field) const;

    const YamlFile &m_file;
    ServiceFields &m_fields;
    TestRecord &m_record;
    Yaml m_root;
};

Field RecordReader::at(const char *path) const
{
    const TestField &field = fieldOf(path);
    const QString full = QString::fromLatin1(path);
    const std::string key = field.key().toStdString();
    const Yaml parent = full.startsWith(u"outcome.") ? m_root["outcome"] : m_root;
    return {parent[key], full, QString::fromUtf8(field.example)};
}

Declared<QString> RecordReader::word(const char *path)
{
    const Field field = at(path);
    const QString text = m_fields.text(field);
    if (text.isEmpty())
        return {};
    return {text, field.node.span()};
}

void RecordReader::readKind()
{
    QStringList names;
    for (const TestKind &kind : testKinds())
        names.append(QString::fromLatin1(kind.name));
    const Yaml node = m_root["kind"];
    m_record.span = node ? node.entrySpan() : m_root.span();
    const QString kind = node.string().trimmed();
    if (names.contains(kind)) {
        m_record.kind = kind;
        return;
    }
    const std::optional<QString> near = didYouMean(kind, names);
    m_fields.report(node ? node : m_root,
                    kind.isEmpty() ? Text{"試験の種類 `kind` がありません", "the kind of test, `kind`, is missing"}
                                   : Text{"知らない種類「%1」です", "unknown kind “%1”"}.arg(kind.left(60)),
                    near ? Text{"「%1」のことですか", "did you mean “%1”?"}.arg(*near)
                         : Text{"使えるもの: %1", "one of: %1"}.arg(names.join(QStringLiteral(", "))));
}

/// Keys of another kind's outcome are told apart from misspelt ones.
void RecordReader::checkKeys()
{
    QStringList root{QStringLiteral("format"), QStringLiteral("kind"), QStringLiteral("outcome")}, outcome;
    QStringList others;
    for (const TestField &field : testFields()) {
        const bool inOutcome = QLatin1StringView(field.path).startsWith(QLatin1StringView("outcome."));
        if (!inOutcome)
            root.append(field.key());
        else if (field.isOf(m_record.kind))
            outcome.append(field.key());
        else
            others.append(field.key());
    }
    m_fields.unknown(m_root, root);
    const Yaml node = m_root["outcome"];
    if (ServiceFields::isUnset(node))
        return;
    if (!node.isMap()) {
        m_fields.wrong({node, QStringLiteral("outcome"), QStringLiteral("outcome: {errors: 0}")},
                       {"「キー: 値」の組", "a map of keys and values"});
        return;
    }
    m_fields.unknown(node, outcome + others);
    for (const auto &[key, value] : node.entries()) {
        if (others.contains(key.string()))
            m_fields.report(key, Text{"種類「%1」の結果に `%2` はありません", "the outcome of kind “%1” has no `%2`"}.arg(m_record.kind, key.string()),
                            Text{"使えるもの: %1", "one of: %1"}.arg(outcome.join(QStringLiteral(", "))));
    }
}

void RecordReader::readCommon()
{
    m_record.environment = word("environment");
    m_record.started = readTestTime(m_fields, at("started"));
    m_record.durationSeconds = seconds("duration");
    m_record.who = word("who");
    m_record.image = word("image");
    m_record.commit = word("commit");
    m_record.pods = count("pods");
    m_record.during = word("during");
    m_record.loadTest = word("loadtest");
    m_record.passed = readPassFail(m_fields, at("result"));
    if (const Field links = at("links"); !ServiceFields::isUnset(links.node))
        m_record.links = {m_fields.texts(links), links.node.span()};
    m_record.notes = word("notes");
}

void RecordReader::readOutcome()
{
    m_record.zone = word("outcome.zone");
    m_record.dependency = word("outcome.dependency");
    m_record.errors = count("outcome.errors");
    m_record.recoverySeconds = seconds("outcome.recovery-seconds");
    m_record.contained = yesNo("outcome.contained");
    m_record.balanced = yesNo("outcome.balanced");
    m_record.reconnected = yesNo("outcome.connections-renewed");
    m_record.liveness = numbers("outcome.liveness", 100, 599);
    m_record.readiness = numbers("outcome.readiness", 100, 599);
    m_record.podsPerZone = numbers("outcome.pods-per-zone", 0, 1'000'000);
    m_record.smoke = readSmokeAnswers(m_fields, at("outcome.requests"));
}

bool RecordReader::isThere(const TestField &field) const
{
    const TestRecord &r = m_record;
    const std::pair<const char *, bool> there[] = {
        {"environment", bool(r.environment)},
        {"started", bool(r.started)},
        {"duration", bool(r.durationSeconds)},
        {"who", bool(r.who)},
        {"pods", bool(r.pods)},
        {"limits", !r.limits.empty()},
        {"during", bool(r.during)},
        {"outcome.zone", bool(r.zone)},
        {"outcome.dependency", bool(r.dependency)},
        {"outcome.errors", bool(r.errors)},
        {"outcome.recovery-seconds", bool(r.recoverySeconds)},
        {"outcome.pods-per-zone", !r.podsPerZone.isEmpty()},
        {"outcome.contained", bool(r.contained)},
        {"outcome.balanced", bool(r.balanced)},
        {"outcome.connections-renewed", bool(r.reconnected)},
        {"outcome.requests", bool(r.smoke)},
        {"result", bool(r.passed)},
        {"links", bool(r.links)},
    };
    const auto it = std::ranges::find(there, std::string_view(field.path), [](const auto &e) { return std::string_view(e.first); });
    return it == std::end(there) || it->second;
}

void RecordReader::noteMissing()
{
    for (const TestField &field : testFields()) {
        if (field.wanted && field.isOf(m_record.kind) && !isThere(field))
            m_record.missing.append(QString::fromLatin1(field.path));
    }
    if (!m_record.image && !m_record.commit)
        m_record.missing.append(QStringLiteral("image"));
}

void RecordReader::read()
{
    m_root = m_file.documents().empty() ? Yaml() : m_file.documents().front();
    if (!m_root.exists()) {
        if (m_file.errors().empty())
            m_fields.report(m_root, {"何も書かれていません", "is empty"},
                            {"`tenken record` で書けます", "`tenken record` writes one"});
        return;
    }
    if (!m_root.isMap()) {
        m_fields.wrong({m_root, m_file.name(), QStringLiteral("kind: zone-loss")}, {"「キー: 値」の組", "a map of keys and values"});
        return;
    }
    const Yaml format = m_root["format"];
    if (format.text() != testFormat) {
        const Text hint = Text{"最初の行に `format: %1` と書いてください", "write `format: %1` as its first line"}.arg(testFormat);
        m_record.span = m_root.span();
        if (ServiceFields::isUnset(format))
            m_fields.report(m_root, {"`format` がありません", "`format` is missing"}, hint);
        else
            m_fields.report(format, Text{"形式「%1」は知りません", "the format “%1” is not known"}.arg(format.string().left(60)), hint);
        return;
    }
    readKind();
    if (m_record.kind.isEmpty())
        return;
    checkKeys();
    readCommon();
    m_record.limits = readRecordedLimits(m_fields, at("limits"));
    readOutcome();
    noteMissing();
    const auto rest = std::ranges::subrange(m_file.documents().begin() + 1, m_file.documents().end());
    const auto further = std::ranges::find_if(rest, [](Yaml document) { return !ServiceFields::isUnset(document); });
    if (further == rest.end())
        return;
    m_record.unread = further->span();
    m_fields.report(*further, {"2つ目の文書は読みません", "a second document is not read"},
                    {"1つの試験を1つのファイルに書いてください", "write one test per file"});
}

} // namespace

TestReading readTestRecord(const YamlFile &file)
{
    TestReading reading;
    reading.record.file = file.name();
    ServiceFields fields(file.name());
    RecordReader(file, fields, reading.record).read();
    reading.errors = std::move(fields.errors);
    reading.warnings = std::move(fields.warnings);
    return reading;
}

} // namespace tenken
