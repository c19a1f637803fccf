// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <rules/evaluate.h>

#include <QWidget>

#include <array>

namespace tenken {

class Label;
class Panel;

/// Five figures that a load test comes down to: knee, declared, latency there, first errors, pods for the largest
/// event.
class LoadTestFigures : public QWidget
{
    Q_OBJECT
public:
    explicit LoadTestFigures(Lang lang, QWidget *parent = nullptr);

    void showTest(const LoadTestPicture &test);
    void showPlan(const CapacityPlan *plan); ///< null: no events

private:
    struct Figure {
        tenken::Panel *panel = nullptr;
        Label *name = nullptr, *value = nullptr, *unit = nullptr, *note = nullptr;
    };
    struct Words {
        Text name;
        QString value, unit;
        Text note;
        Verdict verdict = Verdict::Unknown;
    };
    void show(Figure &figure, const Words &words);
    Words declaredOf(const LoadTestPicture &test) const;
    Words latencyOf(const LoadTestPicture &test) const;
    Words errorsOf(const LoadTestPicture &test) const;
    QString in(const Text &text) const { return text.in(m_lang); }

    Lang m_lang;
    std::array<Figure, 5> m_figures;
};

} // namespace tenken
