// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <window/recent.h>

#include <QDir>
#include <QSettings>

namespace tenken {

namespace {
constexpr int most = 8;
const QString key = QStringLiteral("recent/services");
} // namespace

QStringList recentServices()
{
    return QSettings().value(key).toStringList().mid(0, most);
}

void rememberService(const QString &folder)
{
    QStringList list = recentServices();
    const QString path = QDir(folder).absolutePath();
    if (list.value(0) == path)
        return; // writing costs milliseconds
    list.removeAll(path);
    list.prepend(path);
    QSettings().setValue(key, list.mid(0, most));
}

} // namespace tenken
