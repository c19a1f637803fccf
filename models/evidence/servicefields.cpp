// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/servicefields.h>

#include <evidence/numbers.h>

#include <QRegularExpression>

#include <cmath>

namespace tenken {

namespace {

QString shown(Yaml node)
{
    if (node.isScalar())
        return node.string().left(60);
    return node.isMap() ? QStringLiteral("{…}") : node.isSequence() ? QStringLiteral("[…]") : QStringLiteral("null");
}

} // namespace

Field fieldIn(Yaml parent, const char *key, const char *path, const char *example)
{
    return {parent[key], QString::fromLatin1(path), QString::fromUtf8(example)};
}

QStringList keyNames(std::initializer_list<const char *> words)
{
    QStringList list;
    for (const char *word : words)
        list.append(QString::fromLatin1(word));
    return list;
}

void ServiceFields::report(Yaml node, const Text &message, const Text &hint)
{
    errors.push_back({m_file, node.span(), message, hint});
}

void ServiceFields::wrong(const Field &field, const Text &expected)
{
    report(field.node,
           Text{"`%1` は%2で書きます。「%3」とは読めません", "`%1` is %2, not “%3”"}.arg(field.path, expected, shown(field.node)),
           Text{"例: `%1`", "for example `%1`"}.arg(field.example));
}

void ServiceFields::unknown(Yaml node, const QStringList &keys)
{
    for (Problem &problem : unknownKeys(node, keys, m_file))
        warnings.push_back(std::move(problem));
}

void ServiceFields::repeated(Yaml node, const QString &id, QStringList &known)
{
    if (!id.isEmpty() && known.contains(id))
        report(node, Text{"id「%1」が2回あります", "the id “%1” stands twice"}.arg(id),
               {"どちらかの id を変えてください", "give one of them another id"});
    known.append(id);
}

bool ServiceFields::map(const Field &field, const QStringList &keys)
{
    if (isUnset(field.node))
        return false;
    if (!field.node.isMap()) {
        wrong(field, {"「キー: 値」の組", "a map of keys and values"});
        return false;
    }
    unknown(field.node, keys);
    return true;
}

std::vector<Yaml> ServiceFields::list(const Field &field)
{
    if (!isUnset(field.node) && !field.node.isSequence())
        wrong(field, {"リスト", "a list"});
    return field.node.items();
}

QString ServiceFields::text(const Field &field)
{
    if (!isUnset(field.node) && !field.node.isScalar())
        wrong(field, {"文字列", "a text"});
    return field.node.string().trimmed();
}

Text ServiceFields::name(const Field &field)
{
    if (!field.node.isMap())
        return sameText(text(field));
    unknown(field.node, {QStringLiteral("ja"), QStringLiteral("en")});
    const Text name{text({field.node["ja"], field.path + QStringLiteral(".ja"), field.example}),
                    text({field.node["en"], field.path + QStringLiteral(".en"), field.example})};
    return {name.ja.isEmpty() ? name.en : name.ja, name.en.isEmpty() ? name.ja : name.en};
}

QStringList ServiceFields::texts(const Field &field)
{
    if (field.node.isScalar())
        return {text(field)};
    QStringList texts;
    for (const Yaml item : list(field)) {
        if (item.isScalar() && !item.text().empty())
            texts.append(item.string().trimmed());
        else
            wrong({item, field.path + QStringLiteral("[]"), field.example}, {"文字列", "a text"});
    }
    return texts;
}

Declared<double> ServiceFields::number(const Field &field, double least, bool leastItself)
{
    if (isUnset(field.node))
        return {};
    const std::optional<double> value = field.node.number();
    if (value && (*value > least || (leastItself && *value == least)))
        return {value, field.node.span()};
    const Text limit = Text{leastItself ? QStringLiteral(" %1 以上の数") : QStringLiteral(" %1 より大きい数"),
                            leastItself ? QStringLiteral("a number from %1 on") : QStringLiteral("a number above %1")};
    wrong(field, limit.arg(QString::number(least)));
    return {};
}

// A number by itself is refused: seconds and milliseconds are mistaken for one another too easily.
Declared<double> ServiceFields::duration(const Field &field)
{
    if (isUnset(field.node))
        return {};
    const std::optional<double> value = field.node.isScalar() ? durationSeconds(field.node.text()) : std::nullopt;
    constexpr double most = 24 * 3600.0;
    if (value && *value > 0 && *value <= most)
        return {value, field.node.span()};
    wrong(field, {"「500ms」「2s」のような単位のある時間", "a time with its unit, such as 500ms or 2s"});
    return {};
}

Declared<int> ServiceFields::whole(const Field &field, int least)
{
    if (isUnset(field.node))
        return {};
    const std::optional<qint64> value = field.node.integer();
    constexpr int most = 1'000'000;
    if (value && *value >= least && *value <= most)
        return {static_cast<int>(*value), field.node.span()};
    wrong(field, Text{" %1 以上の整数", "a whole number from %1 on"}.arg(least));
    return {};
}

Declared<bool> ServiceFields::boolean(const Field &field)
{
    if (isUnset(field.node))
        return {};
    if (const std::optional<bool> value = field.node.boolean())
        return {value, field.node.span()};
    wrong(field, {" true か false ", "true or false"});
    return {};
}

/// Taken as it is written: 1.30 without quotes is a number to YAML, and would be 1.3.
Declared<QVersionNumber> ServiceFields::version(const Field &field)
{
    if (isUnset(field.node))
        return {};
    QString text = field.node.string().trimmed();
    if (text.startsWith(u'v', Qt::CaseInsensitive))
        text.removeFirst();
    static const QRegularExpression digits(QStringLiteral(R"(^\d{1,4}\.\d{1,4}(\.\d{1,6})?([-+][\w.+-]*)?$)"));
    if (digits.match(text).hasMatch())
        return {QVersionNumber::fromString(text), field.node.span()};
    wrong(field, {"「1.31」のような版", "a version such as 1.31"});
    return {};
}

Declared<double> ServiceFields::share(const Field &field)
{
    if (isUnset(field.node))
        return {};
    const QString text = field.node.string().trimmed();
    constexpr double unlikely = 0.05; // 0.1 is more often meant as 0.1 % than as 10 %
    if (const std::optional<double> value = field.node.number()) {
        if (*value >= 0 && *value < unlikely)
            return {value, field.node.span()};
    } else if (text.endsWith(u'%')) {
        bool isNumber = false;
        const double percent = text.chopped(1).trimmed().toDouble(&isNumber);
        if (isNumber && percent >= 0 && percent <= 100)
            return {percent / 100, field.node.span()};
    }
    wrong(field, {"「0.1 %」のような割合", "a percentage such as “0.1 %”"});
    return {};
}

Declared<QString> ServiceFields::percentile(const Field &field)
{
    if (isUnset(field.node))
        return {};
    static const QRegularExpression form(QStringLiteral(R"(^p?(\d{1,3}(\.\d{1,4})?)$)"),
                                         QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = form.match(field.node.string().trimmed());
    const double percent = match.hasMatch() ? match.captured(1).toDouble() : 0;
    if (percent >= 1 && percent <= 100) // 0.99 would be the first percent
        return {QStringLiteral("p") + match.captured(1), field.node.span()};
    wrong(field, {"「p99」のような百分位", "a percentile such as p99"});
    return {};
}

} // namespace tenken
