// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/testvalues.h>

#include <evidence/manifests.h>

#include <algorithm>

namespace tenken
{

namespace
{

constexpr qsizetype mostEntries = 500; // of one list or map

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

SmokeAnswer smokeAnswer(ServiceFields &fields, Yaml item, const Field &list)
{
    const auto part = [&](const char *key) {
        return Field{item[key], list.path + QStringLiteral("[].") + QLatin1StringView(key), list.example};
    };
    SmokeAnswer answer;
    answer.span = item.span();
    answer.id = fields.text(part("id"));
    answer.status = fields.whole(part("status"), 0);
    answer.milliseconds = fields.seconds(part("milliseconds"));
    answer.passed = fields.boolean(part("passed"));
    if (const QString error = fields.text(part("error")); std::ranges::contains(smokeErrors(), error, &SmokeError::name))
        answer.error = {error, item["error"].span()};
    else if (!error.isEmpty())
        fields.wrong(part("error"), {" refused、timeout などの語", "a word such as refused or timeout"});
    if (const Field expires = part("certificate-expires"); !ServiceFields::isUnset(expires.node)) {
        const QDate day = QDate::fromString(expires.node.string().trimmed(), Qt::ISODate);
        if (day.isValid())
            answer.certificateExpires = {day, expires.node.span()};
        else
            fields.wrong(expires, {" 2026-12-31 のような日付", "a date such as 2026-12-31"});
    }
    return answer;
}

} // namespace

Declared<QDateTime> readTestTime(ServiceFields &fields, const Field &field)
{
    if (ServiceFields::isUnset(field.node))
        return {};
    QString text = field.node.string().trimmed();
    if (text.size() > 10 && text.at(10) == u' ')
        text[10] = u'T';
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    const bool zoned = time.isValid() && time.timeSpec() != Qt::LocalTime;
    if (zoned && time.date().year() >= 2000 && time.date().year() < 2200)
        return {time, field.node.span()};
    fields.wrong(field, {"時差付きの日時", "a date and time with its zone"});
    return {};
}

Declared<bool> readPassFail(ServiceFields &fields, const Field &field)
{
    if (ServiceFields::isUnset(field.node))
        return {};
    if (field.node.text() == "pass" || field.node.text() == "fail")
        return {field.node.text() == "pass", field.node.span()};
    fields.wrong(field, {" pass か fail ", "pass or fail"});
    return {};
}

QMap<QString, Declared<int>> readTestNumbers(ServiceFields &fields, const Field &field, int least, int most)
{
    QMap<QString, Declared<int>> numbers;
    if (ServiceFields::isUnset(field.node))
        return numbers;
    if (!field.node.isMap()) {
        fields.wrong(field, {"「名前: 数」の組", "a map of names and numbers"});
        return numbers;
    }
    for (const auto &[key, value] : field.node.entries()) {
        if (numbers.size() >= mostEntries)
            break;
        const Field entry{value, field.path + u'.' + key.string().left(60), field.example};
        const Declared<int> number = fields.whole(entry, least);
        if (number && *number > most)
            fields.wrong(entry, Text{" %1 から %2 までの整数", "a whole number from %1 to %2"}.arg(least, most));
        else if (number)
            numbers.insert(key.string(), number);
    }
    return numbers;
}

std::vector<RecordedLimits> readRecordedLimits(ServiceFields &fields, const Field &field)
{
    std::vector<RecordedLimits> limits;
    if (ServiceFields::isUnset(field.node))
        return limits;
    if (!field.node.isMap()) {
        fields.wrong(field, {"cpu と memory の組", "a map of cpu and memory"});
        return limits;
    }
    const bool byContainer = std::ranges::any_of(field.node.entries(), [](const auto &e) { return e.second.isMap(); });
    if (!byContainer) {
        limits.push_back(limitsIn(fields, field.node, field.path, {}));
    } else {
        for (const auto &[key, value] : field.node.entries()) {
            if (!value.isMap())
                fields.wrong({value, field.path + u'.' + key.string().left(60), field.example},
                             {"コンテナごとの cpu と memory の組", "a map of cpu and memory, as for the other containers"});
            else if (qsizetype(limits.size()) < mostEntries)
                limits.push_back(limitsIn(fields, value, field.path + u'.' + key.string().left(60), key.string()));
        }
    }
    std::erase_if(limits, [](const RecordedLimits &l) { return l.cpu.isEmpty() && l.memory.isEmpty(); });
    return limits;
}

Declared<std::vector<SmokeAnswer>> readSmokeAnswers(ServiceFields &fields, const Field &field)
{
    if (ServiceFields::isUnset(field.node))
        return {};
    std::vector<SmokeAnswer> answers;
    for (const Yaml item : fields.list(field)) {
        if (qsizetype(answers.size()) >= mostEntries)
            break;
        if (!fields.map({item, field.path + QStringLiteral("[]"), field.example},
                        {QStringLiteral("id"), QStringLiteral("status"), QStringLiteral("milliseconds"), QStringLiteral("passed"),
                         QStringLiteral("error"), QStringLiteral("certificate-expires")}))
            continue;
        SmokeAnswer answer = smokeAnswer(fields, item, field);
        if (answer.id.isEmpty())
            fields.report(item, {"要求の `id` がありません", "a request has no `id`"},
                          Text{"例: `%1`", "for example `%1`"}.arg(field.example));
        else
            answers.push_back(std::move(answer));
    }
    if (!field.node.isSequence())
        return {};
    return {std::move(answers), field.node.span()};
}

} // namespace tenken
