// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/files.h>
#include <evidence/permissions.h>

namespace tenken {

struct Service;

/// A further folder that evidence comes from: another repository, named in service.yaml under `evidence.roots`.
struct SourceRoot {
    enum class State { Readable, NotAllowed, Missing };
    QString name;           ///< "app": its files are called "app:deploy/api.yaml"
    QString path;           ///< as written
    QString folder;         ///< absolute; canonical where it may be read
    State state = State::NotAllowed;
    Span span;              ///< in service.yaml
    QString gitCommit, gitBranch;
    bool gitDirty = false;
};

/// The service's own folder and its further roots, seen as one: a path is relative to the service's folder, or
/// begins with a root's name and a colon. What is in a root that may not be read is refused without a look.
class Roots
{
public:
    explicit Roots(const Root &own) : m_own(own) { }
    Roots(const Root &own, const std::vector<SourceRoot> &named);

    const Root &own() const { return m_own; }
    Result<QString> resolve(const QString &path) const;
    Result<QByteArray> read(const QString &path, qint64 limit, SourceFile *source = nullptr) const;
    Partial<QStringList> find(const QString &pattern, const QStringList &suffixes) const;

    QString absolute(const QString &path) const;     ///< from the names alone; empty where it may not be read
    QString nameOf(const QString &absolutePath) const; ///< the other way; the path itself where it is in no root
    const Root *rootOf(const QString &path, QString *relative) const; ///< null: may not be read

private:
    struct Named {
        SourceRoot about;
        Root root;
    };
    Problem refused(const QString &path) const;

    Root m_own;
    std::vector<Named> m_named;
};

/// The roots that a service declares, with whether each may be read; those that may not are told as problems that
/// point at service.yaml and say the way out.
Partial<std::vector<SourceRoot>> sourceRoots(const Service &service, const Root &own, const Permissions &permissions);

/// "app" of "app:deploy/"; empty without a root.
QString rootNameOf(const QString &path);

} // namespace tenken
