using System.Buffers.Binary;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace AdversarialKit.HoldOwners;

/// <summary>A method's body, written anew with calls of <c>GC.KeepAlive</c> before every return.</summary>
/// <param name="keepAlive">The token of <c>GC.KeepAlive</c>.</param>
/// <param name="suppressFinalize">The token of <c>GC.SuppressFinalize</c>.</param>
/// <param name="handlesOf">The token of the method that reads the handle of each element of a span.</param>
internal sealed class HeldMethod(int keepAlive, int suppressFinalize, int handlesOf)
{
    private const int FatHeader = 0x3003, MoreSections = 0x8, InitializeLocals = 0x10, FatExceptionTable = 0x41;

    /// <summary>Writes the body: fat header, instructions with long jumps, table of exception regions.</summary>
    public byte[] Write(MethodBodyBlock body, Owners owners)
    {
        var instructions = Instruction.ReadAll(body.GetILBytes());
        byte[] holding =
        [
            .. owners.Arguments.SelectMany(i => Held(Load(0x02, 0x0E, i))),
            .. owners.Locals.SelectMany(i => Held(Load(0x06, 0x11, i))),
            .. owners.Spans.SelectMany(i => Held([.. Load(0x02, 0x0E, i), 0x28, .. Bytes(handlesOf)])),
        ];
        byte[] Before(Instruction instruction) => instruction.Code == OpCodes.Ret ? holding
            : owners.Temporaries.Contains(instruction.Offset) ? [0x25, 0x28, .. Bytes(suppressFinalize)] // dup, call
            : [];

        var offsets = new Dictionary<int, int>();
        var length = 0;
        foreach (var instruction in instructions)
        {
            offsets[instruction.Offset] = length;
            length += Before(instruction).Length + LongForm(instruction.Code).Size + OperandLength(instruction);
        }

        offsets[body.GetILBytes()!.Length] = length;
        var il = new List<byte>(length);
        foreach (var instruction in instructions)
        {
            il.AddRange(Before(instruction));
            Append(il, instruction, offsets);
        }

        return Assemble(body, il, [.. body.ExceptionRegions], offsets);
    }

    private byte[] Held(byte[] load) => [.. load, 0x28, .. Bytes(keepAlive)];

    // The forms for the first four are a byte long, those for the others two.
    private static byte[] Load(byte first, byte other, int index) => index < 4 ? [(byte)(first + index)] : [other, checked((byte)index)];

    private static void Append(List<byte> il, Instruction instruction, Dictionary<int, int> offsets)
    {
        var code = LongForm(instruction.Code);
        var next = il.Count + code.Size + OperandLength(instruction);
        if (code.Size == 2)
        {
            il.Add((byte)(code.Value >> 8));
        }

        il.Add((byte)code.Value);
        if (instruction.Targets.Length == 0)
        {
            il.AddRange(instruction.Operand);
            return;
        }

        if (code.OperandType == OperandType.InlineSwitch)
        {
            il.AddRange(Bytes(instruction.Targets.Length));
        }

        il.AddRange(instruction.Targets.SelectMany(target => Bytes(offsets[target] - next)));
    }

    private static byte[] Assemble(
        MethodBodyBlock body, List<byte> il, ExceptionRegion[] regions, Dictionary<int, int> offsets)
    {
        var flags = FatHeader | (regions.Length > 0 ? MoreSections : 0) | (body.LocalVariablesInitialized ? InitializeLocals : 0);
        var written = new List<byte> { (byte)flags, (byte)(flags >> 8) };
        // A value to return may lie below the one that is held.
        written.AddRange(Bytes(Math.Max(body.MaxStack + 1, 2))[..2]);
        written.AddRange(Bytes(il.Count));
        written.AddRange(Bytes(body.LocalSignature.IsNil ? 0 : MetadataTokens.GetToken(body.LocalSignature)));
        written.AddRange(il);
        if (regions.Length == 0)
        {
            return [.. written];
        }

        written.AddRange(new byte[-written.Count & 3]);
        written.AddRange(Bytes(FatExceptionTable | (((24 * regions.Length) + 4) << 8)));
        written.AddRange(regions.SelectMany(region => Row(region, offsets)));
        return [.. written];
    }

    private static IEnumerable<byte> Row(ExceptionRegion region, Dictionary<int, int> offsets)
    {
        var (start, handler) = (offsets[region.TryOffset], offsets[region.HandlerOffset]);
        var last = region.Kind switch
        {
            ExceptionRegionKind.Catch => MetadataTokens.GetToken(region.CatchType),
            ExceptionRegionKind.Filter => offsets[region.FilterOffset],
            _ => 0,
        };
        int[] row =
        [
            (int)region.Kind, start, offsets[region.TryOffset + region.TryLength] - start,
            handler, offsets[region.HandlerOffset + region.HandlerLength] - handler, last,
        ];
        return row.SelectMany(Bytes);
    }

    private static int OperandLength(Instruction instruction) =>
        instruction.Code.OperandType == OperandType.ShortInlineBrTarget ? 4 : instruction.Operand.Length;

    // br.s (0x2B) to blt.un.s (0x37) lie 13 before br to blt.un; leave.s is the one after leave.
    private static OpCode LongForm(OpCode code) => code.OperandType != OperandType.ShortInlineBrTarget ? code
        : code == OpCodes.Leave_S ? OpCodes.Leave
        : Long[code.Value - OpCodes.Br_S.Value];

    private static readonly OpCode[] Long =
    [
        OpCodes.Br, OpCodes.Brfalse, OpCodes.Brtrue, OpCodes.Beq, OpCodes.Bge, OpCodes.Bgt, OpCodes.Ble, OpCodes.Blt,
        OpCodes.Bne_Un, OpCodes.Bge_Un, OpCodes.Bgt_Un, OpCodes.Ble_Un, OpCodes.Blt_Un,
    ];

    private static byte[] Bytes(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
