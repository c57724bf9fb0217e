using Bot.Benchmarks;

// One name, one measurement: dotnet run -c Release --project tests/Bot.Benchmarks -- replay
switch (args is [var name, ..] ? name : "")
{
    case "replay":
        await ReplayOfTenSteps.Measure();
        return 0;
    case "step":
        await OneStep.Measure();
        return 0;
    case "turns":
        await TurnsAtOnce.Measure();
        return 0;
    case "callback":
        OneCallback.Measure();
        return 0;
    case "draw":
        OneDraw.Measure();
        return 0;
    case "notices":
        await WhileNoticesGoOut.Measure();
        return 0;
    case "match":
        await MatchOneTask.Measure();
        return 0;
    case "understanding":
        OneMessage.Measure();
        return 0;
    case "morning":
        await OneMorning.Measure();
        return 0;
    case "figures":
        await FiguresOfAYear.Measure(Bot.Storage.DatabaseKind.Sqlite, 10_000, 100_000, 1_000_000);
        await FiguresOfAYear.Measure(Bot.Storage.DatabaseKind.Postgres, 10_000, 100_000, 1_000_000);
        return 0;
    case "sweep":
        await OneRound.Measure();
        return 0;
    case "clues":
        await OneScan.Measure();
        return 0;
    case "knowledge":
        await OneSearch.Measure();
        return 0;
    default:
        await Console.Error.WriteLineAsync("Name a benchmark: replay, step, turns, callback, notices, match, draw, figures, sweep, clues, morning, understanding, knowledge");
        return 2;
}
