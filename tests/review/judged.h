// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <review/decision.h>
#include <review/waived.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTimeZone>

/// A small service on disk, read and judged for real.
namespace tenken::samples {

class JudgedFolder
{
public:
    JudgedFolder()
    {
        write("readiness/service.yaml",
              "format: tenken.service/1\nid: shop\ndrain-seconds: 20\nevidence:\n  manifests: [k8s/]\n"
              "  documents: [{file: docs/a.md, role: oncall}]\n");
        write("docs/a.md", "# A\n\ntext\n");
        write("k8s/app.yaml", deployment(30));
    }

    static QByteArray deployment(int grace, const QByteArray &name = "app", const QByteArray &cpu = "500m")
    {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name
            + ", namespace: shop}\nspec:\n  selector: {matchLabels: {app: x}}\n  template:\n    metadata: {labels: {app: x}}\n"
              "    spec:\n      terminationGracePeriodSeconds: "
            + QByteArray::number(grace)
            + "\n      containers:\n        - name: app\n          image: shop:1\n          resources:\n"
              "            limits: {cpu: "
            + cpu + ", memory: 1Gi}\n";
    }

    void write(const char *path, const QByteArray &text)
    {
        const QString file = m_dir.filePath(QString::fromLatin1(path));
        QDir().mkpath(QFileInfo(file).path());
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("%s cannot be written", path);
    }
    void remove(const char *path) { QFile::remove(m_dir.filePath(QString::fromLatin1(path))); }
    QString path() const { return m_dir.path(); }

    Evidence read(const QDate &today = QDate(2026, 11, 20)) const
    {
        auto evidence = readEvidence(m_dir.path(), {.progress = {}, .permissions = {}, .today = today});
        if (!evidence)
            qFatal("%s", qPrintable(evidence.error().toString(Lang::En)));
        return *evidence;
    }

private:
    QTemporaryDir m_dir;
};

Checklist checklistFrom(const QByteArray &yaml);

} // namespace tenken::samples
