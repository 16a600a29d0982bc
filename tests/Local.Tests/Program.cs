using System.Globalization;
using Waybill.LocalAws;

// A process of its own for the tests: it installs, or it holds emulators or ports until it is killed.
switch (args)
{
    case ["install", var folder, var searchPath]:
        var options = new LocalToolsOptions { Folder = folder, SearchPath = searchPath };
        await LocalTools.EnsureInstalledAsync(Console.WriteLine, options);
        return 0;

    case ["hold-emulators"]:
        var backends = await LocalBackends.StartAsync();
        Console.WriteLine($"{backends.DynamoDb.ProcessId} {backends.Sqs.ProcessId}");
        await Task.Delay(Timeout.Infinite);
        return 0;

    case ["hold-ports", var count]:
        Console.WriteLine(string.Join(' ', Enumerable.Range(0, int.Parse(count, CultureInfo.InvariantCulture)).Select(_ => LoopbackPort.Pick())));
        await Task.Delay(Timeout.Infinite);
        return 0;

    default:
        Console.Error.WriteLine("install FOLDER SEARCHPATH | hold-emulators | hold-ports COUNT");
        return 2;
}
