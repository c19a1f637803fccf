// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/checklistfields.h>

namespace tenken {

void ChecklistFields::complain(const Span &span, const Text &message, const Text &hint)
{
    problems.push_back({file.name(), span, message, hint});
}

void ChecklistFields::complainOfWord(const Span &span, const Text &message, const QString &word, const QStringList &known)
{
    const auto near = didYouMean(word, known);
    complain(span, message,
             near ? Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near)
                  : Text{"使える語: %1", "Known: %1"}.arg(known.isEmpty() ? QString(u'–') : known.join(u", ")));
}

void ChecklistFields::checkKeys(Yaml map, const QStringList &known)
{
    for (Problem &p : unknownKeys(map, known, file.name()))
        problems.push_back(std::move(p));
}

QString ChecklistFields::oneOf(Yaml node, const QStringList &words)
{
    if (!node)
        return words.first();
    if (words.contains(node.string()))
        return node.string();
    complainOfWord(node.span(), Text{"`%1` は使えません。", "`%1` cannot be used here."}.arg(node.string()), node.string(), words);
    return words.first();
}

QString ChecklistFields::word(Yaml parent, const char *key)
{
    const Yaml node = parent[key];
    if (node.isScalar() && !node.text().empty())
        return node.string();
    complain(node ? node.span() : parent.span(), Text{"`%1` がありません。", "`%1` is missing."}.arg(key),
             Text{"`%1: …` と書いてください。", "Write `%1: …`."}.arg(key));
    return {};
}

Text ChecklistFields::text(Yaml parent, const char *key, bool required)
{
    const Yaml node = parent[key];
    if (node.isScalar() && !node.text().empty())
        return sameText(node.string());
    if (node.isMap()) {
        checkKeys(node, {"ja", "en"});
        Text t{node["ja"].string(), node["en"].string()};
        if (t.ja.isEmpty())
            t.ja = t.en;
        if (t.en.isEmpty())
            t.en = t.ja;
        if (!t.isEmpty())
            return t;
    }
    if (required || node) {
        complain(node ? node.span() : parent.span(),
                 Text{"`%1` の文がありません。", "`%1` has no text."}.arg(key),
                 Text{"`%1: {ja: …, en: …}` と書いてください。", "Write `%1: {ja: …, en: …}`."}.arg(key));
    }
    return {};
}

} // namespace tenken
