// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/instancetypes.h>

#include <QFile>
#include <QStringList>

#include <algorithm>

namespace tenken {

namespace {

struct Table {
    QString date;
    std::vector<InstanceType> types;
};

Table readTable()
{
    Table table;
    QFile file(QStringLiteral(":/resources/instance-types.tsv"));
    if (!file.open(QIODevice::ReadOnly))
        return table;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
        if (line.startsWith(QLatin1String("# date: ")))
            table.date = line.sliced(8).trimmed();
        const QStringList cells = line.split(u'\t');
        if (!line.startsWith(u'#') && cells.size() == 5)
            table.types.push_back({cells[0], cells[1].toDouble(), cells[2].toDouble(), cells[3].toInt(), cells[4]});
    }
    return table;
}

const Table &theTable()
{
    static const Table table = readTable();
    return table;
}

} // namespace

const std::vector<InstanceType> &instanceTypes()
{
    return theTable().types;
}

const InstanceType *findInstanceType(const QString &name)
{
    const auto it = std::ranges::find(theTable().types, name, &InstanceType::name);
    return it == theTable().types.end() ? nullptr : &*it;
}

QString instanceTypesDate()
{
    return theTable().date;
}

} // namespace tenken
