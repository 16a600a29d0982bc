using System.Diagnostics;
using System.Globalization;

namespace Waybill.LocalAws;

/// <summary>How each emulator is started on a port, with its part of the data folder.</summary>
internal sealed class EmulatorCommands(LocalTools tools, string? dataFolder)
{
    public LocalEmulator DynamoDb(int port) => new("DynamoDB", port, "/", () => Command(
        tools.DynamoDb,
        ["serve", "--host", "127.0.0.1", "-p", Text(port), .. DynamoDbData()]));

    public LocalEmulator Sqs(int port) => new("SQS", port, "/health", () => Command(
        tools.Node,
        [tools.SqsScript, "--port", Text(port), .. SqsData()]));

    private ProcessStartInfo Command(string program, string[] arguments)
    {
        if (dataFolder is not null)
        {
            Directory.CreateDirectory(dataFolder);
        }

        return new ProcessStartInfo(program, arguments) { WorkingDirectory = tools.Folder };
    }

    private string[] DynamoDbData() => dataFolder is null ? [] : ["--db-path", Path.GetFullPath(Path.Combine(dataFolder, "dynamodb.sqlite"))];

    private string[] SqsData() => dataFolder is null ? [] : ["--data", Path.GetFullPath(Path.Combine(dataFolder, "sqs"))];

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
