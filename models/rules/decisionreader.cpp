// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <rules/decisionreader.h>

namespace tenken
{

namespace
{

class DecisionReader
{
public:
    explicit DecisionReader(ChecklistFields &fields) : m_fields(fields) {}
    void read(Yaml node, DecisionRule &rule);

private:
    QStringList reasons(Yaml node, const QStringList &fallback, bool mustHave);

    ChecklistFields &m_fields;
};

QStringList DecisionReader::reasons(Yaml node, const QStringList &fallback, bool mustHave)
{
    if (!node)
        return fallback;
    static const QStringList known = {"fail", "unknown", "unanswered", "warn"};
    const Text usable = Text{"使える語: %1", "Known: %1"}.arg(known.join(u", "));
    // A list that is not understood must not turn into one that lets everything pass.
    if (!node.isSequence() || (mustHave && node.items().empty())) {
        m_fields.lose(node.span(),
                      mustHave ? Text{"判定の理由が並びではないか、空です。",
                                      "The reasons are no list, or an empty one: nothing could be a NO-GO."}
                               : Text{"判定の理由が並びではありません。", "The reasons are no list."},
                      usable);
        return fallback;
    }
    QStringList result;
    for (const Yaml entry : node.items()) {
        const QString name = entry.string();
        if (known.contains(name)) {
            result << name;
            continue;
        }
        m_fields.lose(entry.span(),
                      Text{"判定の理由 `%1` はありません。", "There is no reason `%1`."}.arg(name), usable);
    }
    return result;
}

void DecisionReader::read(Yaml node, DecisionRule &rule)
{
    for (const Yaml part : {node, node["no-go"], node["conditional"], node["text"]}) {
        if (part && !part.isMap()) {
            m_fields.lose(part.span(), {"`decision` を読めません。", "`decision` cannot be read."},
                          {"`no-go: {must: [fail, unknown, unanswered]}` のように書いてください。",
                           "Write it like `no-go: {must: [fail, unknown, unanswered]}`."});
            return;
        }
    }
    m_fields.checkKeys(node, {"no-go", "conditional", "text"});
    m_fields.checkKeys(node["no-go"], {"must"});
    m_fields.checkKeys(node["conditional"], {"should"});
    m_fields.checkKeys(node["text"], {"go", "conditional", "no-go"});
    rule.noGoOnMust = reasons(node["no-go"]["must"], rule.noGoOnMust, true);
    rule.conditionalOnShould = reasons(node["conditional"]["should"], rule.conditionalOnShould, false);
    for (const auto &[key, place] : {std::pair("go", &rule.goText), {"conditional", &rule.conditionalText}, {"no-go", &rule.noGoText}}) {
        if (Text own = m_fields.text(node["text"], key, false); !own.isEmpty())
            *place = std::move(own);
    }
}

} // namespace

void readDecision(ChecklistFields &fields, Yaml node, DecisionRule &rule)
{
    DecisionReader(fields).read(node, rule);
}

} // namespace tenken
