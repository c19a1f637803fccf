// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/checklistfiles.h>

#include <QDir>

#include <algorithm>

namespace tenken {

namespace {

constexpr qint64 largestChecklist = 4 * 1024 * 1024;
constexpr size_t mostFiles = 8;

} // namespace

bool isChecklistPath(const QString &name)
{
    return name.contains(u'/') || name.endsWith(u".yaml") || name.endsWith(u".yml");
}

QString extendedPath(const QString &from, const QString &name)
{
    const qsizetype slash = from.lastIndexOf(u'/');
    return QDir::cleanPath(slash < 0 ? name : from.first(slash + 1) + name);
}

ChecklistReading readChecklistFiles(const Root &root, const QString &path)
{
    ChecklistReading reading;
    QString next = QDir::cleanPath(path);
    while (!next.isEmpty() && reading.files.size() < mostFiles) {
        const auto sameName = [&](const auto &file) { return file->name() == next; };
        if (std::ranges::any_of(reading.files, sameName))
            break; // said where the circle is read
        SourceFile source;
        const Result<QByteArray> bytes = root.read(next, largestChecklist, &source);
        if (!bytes) {
            reading.problems.push_back(bytes.error());
            break;
        }
        reading.files.push_back(YamlFile::parse(*bytes, next));
        reading.sources.push_back(std::move(source));
        const auto &documents = reading.files.back()->documents();
        const QString base = documents.empty() ? QString() : documents.front()["extends"].string();
        next = isChecklistPath(base) ? extendedPath(next, base) : QString();
    }
    return reading;
}

} // namespace tenken
