// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/comparisonpicture.h>
#include <parts/panel.h>

#include <QFutureWatcher>

class QComboBox;

namespace tenken {

class Label;
class PictureView;

/// Another run of the same test beside the one shown: what changed, and how sure that is. The test of the difference
/// runs in the background.
class ComparisonPanel : public Panel
{
    Q_OBJECT
public:
    explicit ComparisonPanel(Lang lang, QWidget *parent = nullptr);
    ~ComparisonPanel() override;

    void setTests(const std::vector<LoadTestPicture> &tests, int shown); ///< null or one: nothing to compare with
    bool hasChoice() const;
    bool isComparing() const { return m_watcher.isRunning(); }
    PictureView *view() const { return m_view; }

private:
    void compare();
    void showResult();
    QString in(const Text &text) const { return text.in(m_lang); }

    Lang m_lang;
    std::vector<LoadTestPicture> m_tests;
    int m_shown = -1;
    QComboBox *m_others;
    Label *m_verdict;
    PictureView *m_view;
    QFutureWatcher<std::shared_ptr<const ComparisonPicture>> m_watcher;
};

} // namespace tenken
