// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/checklistfields.h>

namespace tenken {

void ChecklistFields::complain(const Span &span, const Text &message, const Text &hint)
{
    problems.push_back({file.name(), span, message, hint});
}

void ChecklistFields::lose(const Span &span, const Text &message, const Text &hint)
{
    complete = false;
    complain(span, message, hint);
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
    QStringList allowed = known;
    for (const auto &[key, value] : map.entries()) {
        if (key.string().startsWith(u"x-")) // somebody's own, as for anchors that other parts refer to
            allowed.append(key.string());
    }
    for (Problem &p : unknownKeys(map, allowed, file.name())) {
        problems.push_back(std::move(p));
        complete = false;
    }
}

void ChecklistFields::loseShape(Yaml node, const char *key, const Text &shape, const char *example)
{
    lose(node.entrySpan(), Text{"`%1` が%2ではありません。", "`%1` is no %2."}.arg(key, shape),
         Text{"`%1` のように書いてください。", "Write it like `%1`."}.arg(example));
}

std::vector<Yaml> ChecklistFields::list(Yaml parent, const char *key, const char *example)
{
    const Yaml node = parent[key];
    if (node && !node.isNull() && !node.isSequence())
        loseShape(node, key, {"並び", "list"}, example);
    return node.items();
}

std::vector<std::pair<Yaml, Yaml>> ChecklistFields::map(Yaml parent, const char *key, const char *example)
{
    const Yaml node = parent[key];
    if (node && !node.isNull() && !node.isMap())
        loseShape(node, key, {"「キー: 値」の組", "map of keys and values"}, example);
    return node.entries();
}

QStringList ChecklistFields::words(Yaml parent, const char *key)
{
    const Yaml node = parent[key];
    const QStringList words = node.strings();
    const bool whole = node.isScalar() || (node.isSequence() && words.size() == node.size());
    if (node && !node.isNull() && !whole)
        loseShape(node, key, {"語の並び", "list of words"}, "[…, …]");
    return words;
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

/// Another language is told, yet loses nothing. A key without a value is what a text lost at a comma.
void ChecklistFields::checkLanguages(Yaml text)
{
    const QStringList known{"ja", "en"};
    QStringList cut;
    for (const auto &[key, value] : text.entries()) {
        if (!value.isNull() || known.contains(key.string()))
            continue;
        cut << key.string();
        lose(key.span(),
             Text{"文が「%1」の前のコンマで切れています。", "The text ends at the comma before “%1”."}.arg(key.string()),
             {"コンマを含む文は引用符で囲んでください: `en: \"…, …\"`",
              "Quote a text that holds a comma: `en: \"…, …\"`"});
    }
    for (Problem &p : unknownKeys(text, known + cut, file.name()))
        problems.push_back(std::move(p));
}

Text ChecklistFields::text(Yaml parent, const char *key, bool required)
{
    const Yaml node = parent[key];
    if (node.isScalar() && !node.text().empty())
        return sameText(node.string());
    if (node.isMap()) {
        checkLanguages(node);
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
