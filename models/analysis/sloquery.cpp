// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/sloquery.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

QString sloIdOf(const Monitor &monitor)
{
    static const QRegularExpression id(uR"re((?:error_budget|burn_rate)\(\s*"([^"]+)"\s*\))re"_s);
    return id.match(monitor.query).captured(1);
}

const Slo *sloOf(const Monitor &monitor, const std::vector<Slo> &slos)
{
    const QString id = sloIdOf(monitor);
    const auto it = id.isEmpty() ? slos.end() : std::ranges::find(slos, id, &Slo::id);
    return it == slos.end() ? nullptr : &*it;
}

namespace
{

std::vector<QueryPart> partsIn(const QString &text)
{
    Monitor written;
    written.query = text;
    return parseMonitorQuery(written).parts;
}

/// The share of good ones burns as they get fewer, and as what is taken away from them rises.
void addShare(const Slo &slo, MonitorQuery &query)
{
    for (QueryPart part : partsIn(slo.numerator)) {
        part.falling = !part.falling;
        query.parts.push_back(std::move(part));
    }
    for (QueryPart part : partsIn(slo.denominator)) {
        part.denominator = true;
        query.parts.push_back(std::move(part));
    }
}

/// Which of them counts the good ones, nothing tells. Good is what is not a 5xx: the 5xx are what it watches.
void addEvents(const QString &text, MonitorQuery &query)
{
    for (QueryPart part : partsIn(text)) {
        part.denominator = part.falling = false;
        for (ScopeTerm &term : part.scope) {
            QueryPart turned;
            turned.scope = {{term.key, term.value, false}};
            if (term.negative && countsServerErrors(turned))
                term.negative = false;
        }
        query.parts.push_back(std::move(part));
    }
}

} // namespace

MonitorQuery queryOf(const Slo &slo)
{
    MonitorQuery query;
    query.comparator = u">"_s; // it burns as the bad ones rise
    if (!slo.numerator.isEmpty() && !slo.denominator.isEmpty())
        addShare(slo, query);
    else
        addEvents(slo.numerator + slo.denominator, query);
    for (const QString &text : slo.queries)
        addEvents(text, query);
    return query;
}

} // namespace tenken
