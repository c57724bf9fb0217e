using Bot.Domain.Manifests;

namespace Bot.Domain.Rules;

/// <summary>Reads the rule packs of a folder and follows what they build on.</summary>
public static class RulePackFiles
{
    /// <summary>Everything wrong in any pack of the folder.</summary>
    public static IReadOnlyList<ManifestProblem> Check(string folder)
    {
        if (!Directory.Exists(folder)) return [new(folder, "", "没有规则包文件夹")];

        var problems = new List<ManifestProblem>();
        foreach (var id in Ids(folder).Where(id => id != RulePackFile.DefaultsId))
        {
            try
            {
                Load(folder, id);
            }
            catch (ManifestException broken)
            {
                problems.AddRange(broken.Problems);
            }
        }

        // A broken base is met once by each pack that builds on it.
        return [.. problems.Distinct()];
    }

    /// <summary>The names of the packs in the folder.</summary>
    public static IReadOnlyList<string> Ids(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    internal static RulePack Load(string folder, string id)
    {
        var read = new Chain(folder);
        read.Follow(id, askedBy: null);
        read.Follow(RulePackFile.DefaultsId, askedBy: null);
        if (read.Problems.Count == 0) read.Problems.AddRange(RulePack.Missing(read.Files));
        return read.Problems.Count == 0 ? new RulePack(read.Files) : throw new ManifestException(read.Problems);
    }

    // Own numbers first, then each pack built on in its order together with what that one builds on.
    private sealed class Chain(string folder)
    {
        private readonly List<string> _path = [];

        public List<RulePackFile> Files { get; } = [];

        public List<ManifestProblem> Problems { get; } = [];

        public void Follow(string id, string? askedBy)
        {
            if (_path.Contains(id))
            {
                Problems.Add(new($"{_path[^1]}.json", "buildsOn", $"规则包互相引用成环：{string.Join(" → ", _path.Append(id))}"));
                return;
            }

            if (Files.Exists(file => file.Id == id)) return;
            if (Open(id, askedBy) is not { } pack) return;
            Files.Add(pack);
            _path.Add(id);
            foreach (var next in pack.BuildsOn) Follow(next, id);
            _path.RemoveAt(_path.Count - 1);
        }

        private RulePackFile? Open(string id, string? askedBy)
        {
            var known = Directory.Exists(folder) ? Ids(folder) : [];
            if (!known.Contains(id))
            {
                var (file, place) = askedBy is null ? (folder, "") : ($"{askedBy}.json", "buildsOn");
                Problems.Add(new(file, place, $"没有规则包“{id}”，可以使用：{string.Join('、', known)}"));
                return null;
            }

            try
            {
                var file = ManifestFile.Open(Path.Combine(folder, $"{id}.json"));
                var pack = new RulePackFile(file, id);
                Problems.AddRange(file.Problems);
                return pack;
            }
            catch (ManifestException unreadable)
            {
                Problems.AddRange(unreadable.Problems);
                return null;
            }
        }
    }
}
