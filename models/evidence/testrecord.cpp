// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/testrecord.h>

#include <evidence/manifests.h>
#include <evidence/servicefields.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr qsizetype mostEntries = 500; // of one list or map

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
    Declared<QDateTime> time(const char *path);
    Declared<bool> passFail(const char *path);
    QMap<QString, Declared<int>> numbers(const char *path, int least, int most);
    void readKind();
    void checkKeys();
    void readCommon();
    void readLimits();
    void readOutcome();
    void readSmoke();
    SmokeAnswer smokeAnswer(Yaml item, const Field &list);
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

Declared<QDateTime> RecordReader::time(const char *path)
{
    const Field field = at(path);
    if (ServiceFields::isUnset(field.node))
        return {};
    QString text = field.node.string().trimmed();
    if (text.size() > 10 && text.at(10) == u' ')
        text[10] = u'T';
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    const bool zoned = time.isValid() && time.timeSpec() != Qt::LocalTime;
    if (zoned && time.date().year() >= 2000 && time.date().year() < 2200)
        return {time, field.node.span()};
    m_fields.wrong(field, {"時差付きの日時", "a date and time with its zone"});
    return {};
}

Declared<bool> RecordReader::passFail(const char *path)
{
    const Field field = at(path);
    if (ServiceFields::isUnset(field.node))
        return {};
    if (field.node.text() == "pass" || field.node.text() == "fail")
        return {field.node.text() == "pass", field.node.span()};
    m_fields.wrong(field, {" pass か fail ", "pass or fail"});
    return {};
}

QMap<QString, Declared<int>> RecordReader::numbers(const char *path, int least, int most)
{
    const Field field = at(path);
    QMap<QString, Declared<int>> numbers;
    if (ServiceFields::isUnset(field.node))
        return numbers;
    if (!field.node.isMap()) {
        m_fields.wrong(field, {"「名前: 数」の組", "a map of names and numbers"});
        return numbers;
    }
    for (const auto &[key, value] : field.node.entries()) {
        if (numbers.size() >= mostEntries)
            break;
        const Field entry{value, field.path + u'.' + key.string().left(60), field.example};
        const Declared<int> number = m_fields.whole(entry, least);
        if (number && *number > most)
            m_fields.wrong(entry, Text{" %1 から %2 までの整数", "a whole number from %1 to %2"}.arg(least, most));
        else if (number)
            numbers.insert(key.string(), number);
    }
    return numbers;
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
    m_record.started = time("started");
    m_record.durationSeconds = seconds("duration");
    m_record.who = word("who");
    m_record.image = word("image");
    m_record.commit = word("commit");
    m_record.pods = count("pods");
    m_record.during = word("during");
    m_record.loadTest = word("loadtest");
    m_record.passed = passFail("result");
    if (const Field links = at("links"); !ServiceFields::isUnset(links.node))
        m_record.links = {m_fields.texts(links), links.node.span()};
    m_record.notes = word("notes");
}

RecordedLimits limitsIn(ServiceFields &fields, Yaml node, const QString &path, const QString &container)
{
    RecordedLimits limits{container, {}, {}, node.entrySpan()};
    const QString example = QStringLiteral("limits: {cpu: \"2\", memory: 1Gi}");
    fields.unknown(node, {QStringLiteral("cpu"), QStringLiteral("memory")});
    const auto quantity = [&](const char *key) -> QString {
        const Field field{node[key], path + u'.' + QLatin1StringView(key), example};
        const QString text = fields.text(field);
        if (text.isEmpty() || text == u"none" || parseQuantity(text.toStdString()))
            return text;
        fields.wrong(field, {"「500m」「1Gi」のような量か none ", "an amount such as 500m or 1Gi, or none"});
        return {};
    };
    limits.cpu = quantity("cpu");
    limits.memory = quantity("memory");
    return limits;
}

/// Of the application's container, or by the names of several.
void RecordReader::readLimits()
{
    const Field field = at("limits");
    if (ServiceFields::isUnset(field.node))
        return;
    if (!field.node.isMap()) {
        m_fields.wrong(field, {"cpu と memory の組", "a map of cpu and memory"});
        return;
    }
    const bool byContainer = std::ranges::any_of(field.node.entries(), [](const auto &e) { return e.second.isMap(); });
    if (!byContainer) {
        m_record.limits.push_back(limitsIn(m_fields, field.node, field.path, {}));
    } else {
        for (const auto &[key, value] : field.node.entries()) {
            if (!value.isMap())
                m_fields.wrong({value, field.path + u'.' + key.string().left(60), field.example},
                               {"コンテナごとの cpu と memory の組", "a map of cpu and memory, as for the other containers"});
            else if (qsizetype(m_record.limits.size()) < mostEntries)
                m_record.limits.push_back(limitsIn(m_fields, value, field.path + u'.' + key.string().left(60), key.string()));
        }
    }
    std::erase_if(m_record.limits, [](const RecordedLimits &l) { return l.cpu.isEmpty() && l.memory.isEmpty(); });
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
    readSmoke();
}

SmokeAnswer RecordReader::smokeAnswer(Yaml item, const Field &list)
{
    const auto part = [&](const char *key) {
        return Field{item[key], list.path + QStringLiteral("[].") + QLatin1StringView(key), list.example};
    };
    SmokeAnswer answer;
    answer.span = item.span();
    answer.id = m_fields.text(part("id"));
    answer.status = m_fields.whole(part("status"), 0);
    answer.milliseconds = m_fields.seconds(part("milliseconds"));
    answer.passed = m_fields.boolean(part("passed"));
    if (const QString error = m_fields.text(part("error")); std::ranges::contains(smokeErrors(), error, &SmokeError::name))
        answer.error = {error, item["error"].span()};
    else if (!error.isEmpty())
        m_fields.wrong(part("error"), {" refused、timeout などの語", "a word such as refused or timeout"});
    if (const Field expires = part("certificate-expires"); !ServiceFields::isUnset(expires.node)) {
        const QDate day = QDate::fromString(expires.node.string().trimmed(), Qt::ISODate);
        if (day.isValid())
            answer.certificateExpires = {day, expires.node.span()};
        else
            m_fields.wrong(expires, {" 2026-12-31 のような日付", "a date such as 2026-12-31"});
    }
    return answer;
}

void RecordReader::readSmoke()
{
    const Field field = at("outcome.requests");
    if (ServiceFields::isUnset(field.node))
        return;
    std::vector<SmokeAnswer> answers;
    for (const Yaml item : m_fields.list(field)) {
        if (qsizetype(answers.size()) >= mostEntries)
            break;
        if (!m_fields.map({item, field.path + QStringLiteral("[]"), field.example},
                          {QStringLiteral("id"), QStringLiteral("status"), QStringLiteral("milliseconds"), QStringLiteral("passed"),
                           QStringLiteral("error"), QStringLiteral("certificate-expires")}))
            continue;
        SmokeAnswer answer = smokeAnswer(item, field);
        if (answer.id.isEmpty())
            m_fields.report(item, {"要求の `id` がありません", "a request has no `id`"},
                            Text{"例: `%1`", "for example `%1`"}.arg(field.example));
        else
            answers.push_back(std::move(answer));
    }
    if (field.node.isSequence())
        m_record.smoke = {std::move(answers), field.node.span()};
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
    readLimits();
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
