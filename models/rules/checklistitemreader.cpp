// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/checklistreader.h>

#include <rules/assertion.h>
#include <rules/loosened.h>
#include <rules/rule.h>

#include <algorithm>

namespace tenken {

void ChecklistReader::texts(Yaml node, Item &item, bool isNew)
{
    const auto take = [&](const char *key, Text &place, bool required) {
        if (isNew || node[key])
            place = m_fields.text(node, key, required);
    };
    take("title", item.title, true);
    take("question", item.question, true);
    take("guidance", item.guidance, false);
    take("evidence", item.evidence, false);
}

void ChecklistReader::level(Yaml node, Item &item)
{
    const QString word = node.string();
    if (word != u"must" && word != u"should")
        complain(node.span(), Text{"`level` が `%1` です。", "`level` is `%1`."}.arg(word),
                 {"`must` か `should` と書いてください。", "Write `must` or `should`."});
    item.level = word == u"should" ? Level::Should : Level::Must; // the stricter one in doubt
}

/// In doubt nothing may be waived.
void ChecklistReader::waiving(Yaml node, Item &item)
{
    if (const Yaml value = node["waivable"]) {
        const auto allowed = value.boolean();
        if (!allowed)
            complain(value.span(), Text{"`waivable` が `%1` です。", "`waivable` is `%1`."}.arg(value.string()),
                     {"`true` か `false` と書いてください。", "Write `true` or `false`."});
        item.waivable = allowed.value_or(false);
    }
    if (node["never-waived"])
        item.neverWaived = m_fields.text(node, "never-waived");
}

void ChecklistReader::validity(Yaml node, Item &item)
{
    item.validFor = Validity::fromString(node.string());
    if (!item.validFor) // what was meant is not known: the answer may be too old already
        lose(node.span(), Text{"`valid-for` が `%1` です。", "`valid-for` is `%1`."}.arg(node.string()),
             {"`90d` (日) か `6mo` (月) のように書いてください。", "Write days or months, as in `90d` or `6mo`."});
}

namespace {

QString asString(const char *name) { return QString::fromUtf8(name); }

} // namespace

bool ChecklistReader::hasParameter(const RuleUse &use, const Rule &rule, Yaml key)
{
    QStringList known;
    for (const RuleParameter &p : rule.parameters)
        known << asString(p.name);
    for (const char *list : rule.lists)
        known << asString(list);
    if (known.contains(key.string()))
        return true;
    const auto near = didYouMean(key.string(), known);
    lose(key.span(),
         Text{"規則 %1 に `%2` という値はありません。", "Rule %1 has no parameter `%2`."}.arg(use.rule, key.string()),
         near ? Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near)
              : Text{"使える値: %1", "Known: %1"}.arg(known.isEmpty() ? QString(u'–') : known.join(u", ")));
    return false;
}

void ChecklistReader::parameter(RuleUse &use, const Rule *rule, Yaml key, Yaml value)
{
    // What is set and not understood would let the rule's default judge.
    if (rule && !hasParameter(use, *rule, key))
        return;
    const QString name = key.string();
    const bool isList = rule ? std::ranges::contains(rule->lists, name, asString) : value.isSequence();
    const QStringList words = value.strings();
    const auto number = value.number();
    if (isList && value.isSequence() && words.size() == value.size())
        use.lists[name] = words;
    else if (!isList && number)
        use.parameters[name] = *number;
    else if (isList)
        lose(value.span(), Text{"`%1` が語の並びではありません。", "`%1` is no list of words."}.arg(name),
             Text{"`%1: […, …]` のように書いてください。", "Write it like `%1: […, …]`."}.arg(name));
    else
        lose(value.span(), Text{"`%1` が数ではありません。", "`%1` is no number."}.arg(name),
             Text{"`%1: 10` のように書いてください。", "Write it like `%1: 10`."}.arg(name));
}

void ChecklistReader::ownRule(Yaml node, Item &item)
{
    RuleUse use;
    use.span = node.span();
    use.assertion = readAssertion(m_fields, node, item, ruleNames());
    use.rule = use.assertion->name;
    const auto same = std::ranges::find(item.rules, use.rule, &RuleUse::rule);
    if (same != item.rules.end() && same->assertion)
        *same = std::move(use); // of the checklist that is extended
    else
        item.rules.push_back(std::move(use));
}

void ChecklistReader::rule(Yaml node, Item &item)
{
    if (node["assert"])
        return ownRule(node, item);
    m_fields.checkKeys(node, {"rule", "parameters"});
    const QString name = m_fields.word(node, "rule");
    if (name.isEmpty()) {
        m_fields.complete = false;
        return;
    }
    const Rule *known = findRule(name);
    if (!known) {
        QStringList names;
        for (const Rule &r : allRules())
            names << QString::fromUtf8(r.name);
        const auto near = didYouMean(name, names);
        complain(node["rule"].span(), Text{"規則 `%1` はありません。", "There is no rule `%1`."}.arg(name),
                 near ? Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near)
                      : Text{"`tenken rules` で一覧を見られます。", "`tenken rules` lists them."});
    }
    // A rule that the extended item has keeps what is not written anew. Within one file an item may name it
    // twice.
    auto use = std::ranges::find_if(item.rules,
                                    [&](const RuleUse &u) { return u.rule == name && !u.span.isValid(); });
    if (use == item.rules.end())
        use = item.rules.insert(item.rules.end(), RuleUse{name, {}, {}, {}});
    use->span = node.span();
    for (const auto &[key, value] : m_fields.map(node, "parameters", "parameters: {max-seconds: 30}"))
        parameter(*use, known, key, value);
}

void ChecklistReader::checkId(Yaml node, const Section &section)
{
    const QString id = node.string();
    if (!id.startsWith(section.id + u'.'))
        complain(node.span(),
                 Text{"項目の id `%1` は `%2.` で始まりません。", "The item's id `%1` does not begin with `%2.`."}
                     .arg(id, section.id));
    // Two of one id would share one verdict.
    if (m_written.contains(id))
        return lose(node.span(), Text{"id `%1` は二度目です。", "The id `%1` is there twice."}.arg(id),
                    {"別の id を付けてください。", "Give it another id."});
    const bool isHere = std::ranges::contains(section.items, id, &Item::id);
    if (!isHere && m_checklist.item(id))
        lose(node.span(), Text{"項目 `%1` は別の節にあります。", "The item `%1` is in another section."}.arg(id),
             {"その節の下に書いてください。", "Write it under that section."});
}

/// The one that is changed, or a new one.
Item &ChecklistReader::itemFor(Yaml node, Section &section, bool &isNew)
{
    const QString id = node["id"].string();
    auto known =
        m_written.contains(id) ? section.items.end() : std::ranges::find(section.items, id, &Item::id);
    m_written.insert(id);
    isNew = known == section.items.end();
    if (!isNew)
        return *known;
    const auto near =
        m_checklist.bases.isEmpty() || node["question"] ? std::nullopt : didYouMean(id, ids());
    if (near)
        complain(node["id"].span(),
                 Text{"項目 `%1` は %2 にありません。", "%2 has no item `%1`."}.arg(id, m_checklist.bases.first()),
                 Text{"`%1` のことですか。", "Did you mean `%1`?"}.arg(*near));
    Item added;
    added.id = id;
    return *section.items.insert(section.items.end(), added);
}

void ChecklistReader::item(Yaml node, Section &section)
{
    m_fields.checkKeys(node,
                       {"id", "level", "title", "question", "guidance", "evidence", "rules", "waivable",
                        "never-waived", "valid-for", "from"});
    if (m_fields.word(node, "id").isEmpty()) {
        m_fields.complete = false;
        return;
    }
    checkId(node["id"], section);
    bool isNew = false;
    Item &known = itemFor(node, section, isNew);
    const Item before = known;
    known.span = node.span();
    texts(node, known, isNew);
    if (node["level"])
        level(node["level"], known);
    waiving(node, known);
    if (node["valid-for"])
        validity(node["valid-for"], known);
    if (node["from"]) {
        known.from = node["from"].string();
        m_froms.push_back(node["from"]);
    }
    for (const Yaml entry : m_fields.list(node, "rules", "- rule: safe-start"))
        rule(entry, known);
    for (RuleUse &use : known.rules)
        use.span = use.span.isValid() ? use.span : node.span();
    if (!isNew)
        std::ranges::move(looserThan(before, known), std::back_inserter(m_checklist.removed));
}

} // namespace tenken
