// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/whatif.h>

#include <algorithm>

namespace tenken {

namespace {

QString plain(double value) { return QString::number(value, 'g', 6); }

/// A word of YAML that is not read as something else.
QString quoted(const QString &word)
{
    static const auto isPlain = [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_'; };
    const bool safe = !word.isEmpty() && word[0].isLetter() && std::ranges::all_of(word, isPlain);
    QString escaped = word;
    return safe ? word : u'\'' + escaped.replace(u'\'', QStringLiteral("''")) + u'\'';
}

class Lines
{
public:
    Lines(const Service &service, Lang lang) : m_service(service), m_lang(lang) { }

    void capacity(const CapacityWhatIf &tried)
    {
        QStringList events;
        for (const CapacityEvent &event : m_service.events) {
            const auto peak = tried.peakRps.constFind(event.id);
            if (peak == tried.peakRps.cend())
                continue;
            events << QStringLiteral("    - {id: %1, peak: %2}").arg(quoted(event.id), plain(*peak));
            place(event.span, event.id);
        }
        if (!tried.perPodRps && events.isEmpty())
            return;
        m_yaml << QStringLiteral("capacity:");
        if (tried.perPodRps) {
            m_yaml << QStringLiteral("  per-pod: ") + plain(*tried.perPodRps);
            place(m_service.perPodRps.span, QStringLiteral("per-pod"));
        }
        if (!events.isEmpty())
            m_yaml << QStringLiteral("  events:") << events;
    }

    void override(const QString &item, const QString &parameter, double value)
    {
        if (!m_hasOverrides)
            m_yaml << QStringLiteral("overrides:");
        m_hasOverrides = true;
        const auto known = std::ranges::find_if(m_service.overrides, [&](const ParameterOverride &o) {
            return o.item == item && o.parameter == parameter;
        });
        const bool written = known != m_service.overrides.end();
        const QString reason = written ? known->reason : Text{"なぜこの値か", "why this value"}.in(m_lang);
        m_yaml << QStringLiteral("  - item: ") + item << QStringLiteral("    parameter: ") + parameter
               << QStringLiteral("    value: ") + plain(value)
               << QStringLiteral("    reason: '") + QString(reason).replace(u'\'', QStringLiteral("''")) + u'\'';
        place(written ? known->span : Span(), parameter);
    }

    WhatIfLines done() const
    {
        if (m_yaml.isEmpty())
            return {};
        const QString file = m_service.file.isEmpty() ? QStringLiteral("readiness/service.yaml") : m_service.file;
        const Text place = m_places.isEmpty()
            ? Text{"`%1` に書き足します。", "Add to `%1`."}.arg(file)
            : Text{"`%1` の %2 を書き換えます。", "In `%1`, change %2."}.arg(
                  file, m_places.join(m_lang == Lang::Ja ? QStringLiteral("、") : QStringLiteral(", ")));
        return {place, m_yaml.join(u'\n') + u'\n'};
    }

private:
    void place(const Span &span, const QString &key)
    {
        if (span.isValid())
            m_places << Text{"%1 行目 (%2)", "line %1 (%2)"}.arg(span.line, key).in(m_lang);
    }

    const Service &m_service;
    Lang m_lang;
    QStringList m_yaml, m_places;
    bool m_hasOverrides = false;
};

} // namespace

WhatIfLines whatIfLines(const CapacityWhatIf &tried, const Service &service, const QString &capacityItem, Lang lang)
{
    Lines lines(service, lang);
    lines.capacity(tried);
    if (tried.headroom && !capacityItem.isEmpty())
        lines.override(capacityItem, QStringLiteral("headroom"), *tried.headroom);
    return lines.done();
}

QString capacityItemOf(const Checklist &checklist)
{
    for (const Section &section : checklist.sections)
        for (const Item &item : section.items)
            if (std::ranges::any_of(item.rules, [](const RuleUse &use) { return use.rule == u"event-capacity"; }))
                return item.id;
    return {};
}

} // namespace tenken
