// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/problem.h>

#include <QLockFile>

#include <memory>

namespace tenken {

/// Says on disk who has a service's review open, so that a second window does not write over the first one's
/// work. It never grows stale by age, for meetings are long; the lock of a process that died is taken over.
class ReviewLock
{
public:
    /// Takes the lock of this folder and lets go of any other. A Problem names who holds it.
    Result<void> take(const QString &folder);
    void release() { m_lock.reset(); }
    bool isHeld() const { return m_lock != nullptr; }
    QString owner() const { return m_owner; }      ///< the other one: "sato@host (pid 4711)"; empty when held

    static QString pathIn(const QString &folder);

private:
    std::unique_ptr<QLockFile> m_lock;
    QString m_owner;
};

} // namespace tenken
