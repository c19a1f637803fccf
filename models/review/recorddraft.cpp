// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/recorddraft.h>

#include <review/yamltext.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

namespace
{

using Type = TestField::Type;

bool isOneOf(const QString &word, std::initializer_list<const char *> words)
{
    return std::ranges::any_of(words, [&](const char *w) { return word.compare(QString::fromUtf8(w), Qt::CaseInsensitive) == 0; });
}

/// "2026-11-05 14:00" is meant in the zone of this machine.
QString timeText(const QString &answer)
{
    QString text = answer;
    if (text.size() > 10 && text.at(10) == u' ')
        text[10] = u'T';
    const QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    if (!time.isValid() || text.size() <= 10 || time.timeSpec() != Qt::LocalTime)
        return text;
    return time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODate);
}

QString decisionText(const QString &answer, Type type)
{
    if (type == Type::YesNo) {
        if (isOneOf(answer, {"yes", "y", "true", "はい"}))
            return QStringLiteral("true");
        return isOneOf(answer, {"no", "n", "false", "いいえ"}) ? QStringLiteral("false") : answer;
    }
    if (isOneOf(answer, {"pass", "合格"}))
        return QStringLiteral("pass");
    return isOneOf(answer, {"fail", "不合格"}) ? QStringLiteral("fail") : answer;
}

/// "a=1, b=2" as pairs; a part without "=" has an empty value.
std::vector<std::pair<QString, QString>> pairsOf(const QString &answer)
{
    static const QRegularExpression comma(QStringLiteral("[,、]"));
    std::vector<std::pair<QString, QString>> pairs;
    for (const QString &part : answer.split(comma, Qt::SkipEmptyParts)) {
        const qsizetype sign = part.indexOf(QRegularExpression(QStringLiteral("[=:]")));
        pairs.emplace_back(part.left(sign < 0 ? part.size() : sign).trimmed(), sign < 0 ? QString() : part.sliced(sign + 1).trimmed());
    }
    return pairs;
}

/// A number stands plain, so that it is read as one.
QByteArray plainOrQuoted(const QString &value)
{
    static const QRegularExpression number(QStringLiteral("^-?[0-9]{1,12}(\\.[0-9]{1,6})?$"));
    return number.match(value).hasMatch() ? value.toUtf8() : yamlScalar(value);
}

QByteArray mapText(const QString &answer, bool quoteNumbers)
{
    QByteArrayList entries;
    for (const auto &[key, value] : pairsOf(answer))
        entries << yamlScalar(key) + ": " + (quoteNumbers ? yamlScalar(value) : plainOrQuoted(value));
    return '{' + entries.join(", ") + '}';
}

/// "health=200 38ms, token=401 fail"
QByteArray smokeText(const QString &answer)
{
    static const QRegularExpression milliseconds(QStringLiteral("^([0-9.]+) ?ms$"));
    QByteArrayList items;
    for (const auto &[id, value] : pairsOf(answer)) {
        QByteArray item = "{id: " + yamlScalar(id);
        for (const QString &word : value.split(u' ', Qt::SkipEmptyParts)) {
            if (const auto match = milliseconds.match(word); match.hasMatch())
                item += ", milliseconds: " + plainOrQuoted(match.captured(1));
            else if (isOneOf(word, {"pass", "合格", "fail", "不合格"}))
                item += QByteArray(", passed: ") + (decisionText(word, Type::PassFail) == u"pass" ? "true" : "false");
            else
                item += ", status: " + plainOrQuoted(word);
        }
        items << item + '}';
    }
    return '[' + items.join(", ") + ']';
}

QByteArray linksText(const QString &answer)
{
    QByteArrayList links;
    if (!isOneOf(answer, {"none", "なし", "-"})) {
        for (const QString &link : answer.split(QRegularExpression(QStringLiteral("[\\s,、]+")), Qt::SkipEmptyParts))
            links << yamlQuoted(link);
    }
    return '[' + links.join(", ") + ']';
}

bool isFlow(const QString &answer)
{
    return answer.startsWith(u'{') || answer.startsWith(u'[');
}

/// YAML typed as such is written anew, so that nothing but its values gets into the file.
std::optional<QByteArray> flowText(const QString &answer)
{
    const auto file = YamlFile::parse(answer.toUtf8(), QStringLiteral("answer"));
    if (!file->errors().empty() || file->documents().size() != 1)
        return {};
    return yamlFlow(file->documents().front());
}

QByteArray valueText(const TestField &field, const QString &answer)
{
    switch (field.type) {
    case Type::Word:
        return yamlScalar(answer.simplified());
    case Type::Time:
        return yamlScalar(timeText(answer));
    case Type::Seconds:
    case Type::Count:
        return plainOrQuoted(answer);
    case Type::YesNo:
    case Type::PassFail: {
        const QString text = decisionText(answer, field.type);
        return text == u"true" || text == u"false" ? text.toUtf8() : yamlScalar(text);
    }
    case Type::Links:
        return isFlow(answer) ? flowText(answer).value_or("\"" "\"") : linksText(answer);
    case Type::Lines:
        break;
    case Type::Statuses:
    case Type::Counts:
    case Type::Limits:
    case Type::Smoke:
        if (isFlow(answer))
            return flowText(answer).value_or(yamlQuoted(answer));
        if (field.type == Type::Smoke)
            return smokeText(answer);
        if (field.type == Type::Limits && isOneOf(answer, {"none", "なし"}))
            return "{cpu: none, memory: none}";
        return mapText(answer, field.type == Type::Limits);
    }
    return yamlScalar(answer);
}

QByteArrayList linesOf(const TestField &field, const QString &answer, int indent)
{
    const QByteArray key = field.key().toUtf8();
    QByteArrayList lines = field.type == Type::Lines ? yamlText(key, answer, indent) : QByteArrayList{key + ": " + valueText(field, answer)};
    lines.front().prepend(QByteArray(indent, ' '));
    return lines;
}

/// Words that are said in answer to "which one?" and what service.yaml declares of them.
std::optional<QStringList> declaredFor(const Evidence &evidence, const TestField &field)
{
    const Service &service = evidence.service;
    const QLatin1StringView path(field.path);
    QStringList ids;
    if (path == QLatin1StringView("environment") && service.environments) {
        for (const ServiceEnvironment &e : *service.environments)
            ids << e.id;
        return ids;
    }
    if (path == QLatin1StringView("outcome.dependency") && service.dependencies) {
        for (const Dependency &d : *service.dependencies)
            ids << d.id;
        return ids;
    }
    if (path == QLatin1StringView("loadtest")) {
        for (const LoadTestSource &t : service.loadTests)
            ids << t.id;
        return ids;
    }
    return {};
}

} // namespace

std::vector<const TestField *> fieldsOf(const QString &kind)
{
    std::vector<const TestField *> fields;
    for (const TestField &field : testFields()) {
        if (field.isOf(kind))
            fields.push_back(&field);
    }
    return fields;
}

QStringList choicesFor(const Evidence &evidence, const TestField &field)
{
    return declaredFor(evidence, field).value_or(QStringList());
}

QString exampleOf(const TestField &field, Lang lang)
{
    switch (field.type) {
    case Type::Time:
        return QStringLiteral("2026-11-05 14:00");
    case Type::YesNo:
        return Text{"はい / いいえ", "yes / no"}.in(lang);
    case Type::PassFail:
        return QStringLiteral("pass / fail");
    case Type::Statuses:
        return field.key() == u"liveness" ? QStringLiteral("normal=200, users-db=200") : QStringLiteral("normal=200, users-db=503");
    case Type::Counts:
        return QStringLiteral("a=2, b=2, c=2");
    case Type::Limits:
        return Text{"cpu=2, memory=1Gi (なければ none)", "cpu=2, memory=1Gi (or none)"}.in(lang);
    case Type::Links:
        return Text{"https://… (なければ none)", "https://… (or none)"}.in(lang);
    case Type::Smoke:
        return QStringLiteral("health=200 38ms, token=401");
    case Type::Word:
    case Type::Lines:
    case Type::Seconds:
    case Type::Count:
        break;
    }
    QString example = field.answerExample();
    return example.remove(u'"');
}

Text complaintAbout(const Evidence &evidence, const QString &kind, const TestField &field, const QString &answer)
{
    const QString text = answer.trimmed();
    if (text.isEmpty())
        return {};
    if (text.size() > 4'000)
        return {"長すぎます (4,000 字まで)", "too long (4,000 characters at most)"};
    if (const auto declared = declaredFor(evidence, field); declared && !declared->contains(text.simplified())) {
        const auto near = didYouMean(text, *declared);
        return near ? Text{"「%1」は service.yaml にありません。「%2」のことですか", "service.yaml has no “%1”; did you mean “%2”?"}.arg(text, *near)
                    : Text{"「%1」は service.yaml にありません (あるもの: %2)", "service.yaml has no “%1” (it has: %2)"}.arg(
                          text, declared->isEmpty() ? QStringLiteral("–") : declared->join(QStringLiteral(", ")));
    }
    const RecordDraft draft{kind, {{QString::fromLatin1(field.path), text}}};
    const TestReading reading = readTestRecord(*YamlFile::parse(recordText(draft), QStringLiteral("record")));
    for (const std::vector<Problem> &problems : {reading.errors, reading.warnings}) {
        if (!problems.empty())
            return Text{"%1 (例: %2)", "%1 (for example: %2)"}.arg(problems.front().message, Text{exampleOf(field, Lang::Ja), exampleOf(field, Lang::En)});
    }
    // Something was typed, and nothing of it was understood.
    if (field.wanted && reading.record.missing.contains(QLatin1StringView(field.path)))
        return Text{"読み取れません (例: %1)", "cannot be understood (for example: %1)"}.arg(Text{exampleOf(field, Lang::Ja), exampleOf(field, Lang::En)});
    return {};
}

std::vector<const TestField *> unanswered(const RecordDraft &draft)
{
    std::vector<const TestField *> missing;
    const auto isAnswered = [&](const char *path) { return !draft.answers.value(QLatin1StringView(path)).trimmed().isEmpty(); };
    for (const TestField *field : fieldsOf(draft.kind)) {
        const bool image = QLatin1StringView(field->path) == QLatin1StringView("image") && !isAnswered("commit");
        if ((field->wanted || image) && !isAnswered(field->path))
            missing.push_back(field);
    }
    return missing;
}

QByteArray recordText(const RecordDraft &draft)
{
    QByteArrayList head{QByteArray("format: ") + testFormat, "kind: " + yamlScalar(draft.kind)}, outcome, tail;
    for (const TestField *field : fieldsOf(draft.kind)) {
        const QString answer = draft.answers.value(QLatin1StringView(field->path)).trimmed();
        if (answer.isEmpty())
            continue;
        const bool inner = QLatin1StringView(field->path).startsWith(QLatin1StringView("outcome."));
        const bool isTail = field->type == Type::PassFail || field->type == Type::Links || field->type == Type::Lines;
        (inner ? outcome : isTail ? tail : head) += linesOf(*field, answer, inner ? 2 : 0);
    }
    if (!outcome.isEmpty())
        outcome.prepend("outcome:");
    return (head + outcome + tail).join('\n') + '\n';
}

} // namespace tenken
