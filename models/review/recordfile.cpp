// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/recorddraft.h>

#include <QDir>
#include <QTemporaryFile>

namespace tenken
{

namespace
{

Problem problemAt(const QString &path, const Text &message)
{
    return {path, {}, message, {}};
}

/// The folder of the records, made where it is missing; never outside the service's own.
Result<QString> folderIn(const QString &service)
{
    const Root root(service);
    const QString relative = QString::fromLatin1(testFolder);
    const QString path = root.folder() + u'/' + relative;
    const QFileInfo parent(QFileInfo(path).path());
    if (parent.exists() || parent.isSymLink()) {
        if (const Result<QString> readiness = root.resolve(QStringLiteral("readiness")); !readiness)
            return failure(readiness.error());
    }
    if (!QFileInfo(path).isSymLink() && !QDir().mkpath(path))
        return failure(problemAt(relative, {"フォルダーを作れません", "the folder cannot be made"}));
    return root.resolve(relative);
}

QString dayOf(const RecordDraft &draft)
{
    const TestReading reading = readTestRecord(*YamlFile::parse(recordText(draft), QStringLiteral("record")));
    return reading.record.started ? reading.record.started->date().toString(Qt::ISODate) : QStringLiteral("undated");
}

} // namespace

Result<QString> writeRecord(const QString &folder, const RecordDraft &draft, const QString &given)
{
    const Result<QString> place = folderIn(folder);
    if (!place)
        return failure(place.error());
    const QString base = given.isEmpty() ? dayOf(draft) + u'-' + draft.kind : given;
    QTemporaryFile file(*place + QStringLiteral("/.record-XXXXXX")); // beside its place, so that renaming is one step
    const QByteArray text = recordText(draft);
    const bool written = file.open() && file.write(text) == text.size() && file.flush();
    if (!written)
        return failure(problemAt(QString::fromLatin1(testFolder), Text{"書けません (%1)", "cannot be written (%1)"}.arg(file.errorString())));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
    constexpr int mostOfADay = 1'000;
    for (int number = 1; number <= mostOfADay; ++number) {
        const QString name = base + (number == 1 ? QString() : QStringLiteral("-%1").arg(number)) + QStringLiteral(".yaml");
        const QString target = *place + u'/' + name;
        if (QFileInfo(target).isSymLink() || QFileInfo::exists(target))
            continue;
        // Refuses where somebody made that file meanwhile.
        if (file.rename(target)) {
            file.setAutoRemove(false);
            return QString::fromLatin1(testFolder) + u'/' + name;
        }
        if (!QFileInfo::exists(target))
            break;
    }
    return failure(problemAt(QString::fromLatin1(testFolder) + u'/' + base + QStringLiteral(".yaml"),
                             Text{"書けません (%1)", "cannot be written (%1)"}.arg(file.errorString())));
}

} // namespace tenken
